package dev.millrace.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ReflectionUtils;

import dev.millrace.config.LaneThreads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LaneThreadsConfiguration}, on whatever JVM runs them.
 */
class LaneThreadsConfigurationTests {

	private static final boolean VIRTUAL_THREADS_EXIST = Runtime.version().feature() >= 21;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(LaneThreadsConfiguration.class);

	@Test
	void threadsAreVirtualWhereTheJvmHasThem() {
		this.contextRunner.run((context) -> {
			Thread thread = threadOf(context.getBean(LaneThreads.class));
			assertThat(isVirtual(thread)).isEqualTo(VIRTUAL_THREADS_EXIST);
			assertThat(thread.getName()).startsWith("millrace-");
			assertThat(thread.isDaemon()).isTrue();
		});
	}

	@Test
	void threadsArePlatformThreadsWhenVirtualOnesAreSwitchedOff() {
		this.contextRunner.withPropertyValues("spring.threads.virtual.enabled=false").run((context) -> {
			Thread thread = threadOf(context.getBean(LaneThreads.class));
			assertThat(isVirtual(thread)).isFalse();
			assertThat(thread.getName()).startsWith("millrace-");
			assertThat(thread.isDaemon()).isTrue();
		});
	}

	@Test
	void idlePlatformThreadsEndWithTheApplicationAndLateWorkIsStillDone() {
		AtomicReference<LaneThreads> threads = new AtomicReference<>();
		AtomicReference<Thread> thread = new AtomicReference<>();
		this.contextRunner.withPropertyValues("spring.threads.virtual.enabled=false").run((context) -> {
			threads.set(context.getBean(LaneThreads.class));
			thread.set(threadOf(threads.get()));
		});
		await().until(() -> !thread.get().isAlive());
		Thread late = threadOf(threads.get());
		await().until(() -> !late.isAlive());
	}

	@Test
	void applicationMayBringItsOwnThreads() {
		LaneThreads own = Runnable::run;
		this.contextRunner.withBean(LaneThreads.class, () -> own)
			.run((context) -> assertThat(context.getBean(LaneThreads.class)).isSameAs(own));
	}

	private static Thread threadOf(Executor executor) {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		executor.execute(() -> thread.complete(Thread.currentThread()));
		return thread.join();
	}

	private static boolean isVirtual(Thread thread) {
		var method = ReflectionUtils.findMethod(Thread.class, "isVirtual");
		return method != null && Boolean.TRUE.equals(ReflectionUtils.invokeMethod(method, thread));
	}

}
