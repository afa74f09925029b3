package dev.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.millrace.benchmarks.application.BatchListenerApplication;
import dev.millrace.benchmarks.application.LoopApplication;
import dev.millrace.benchmarks.application.ParallelConsumerApplication;
import dev.millrace.benchmarks.application.PublisherApplication;
import dev.millrace.benchmarks.application.SendAndWaitApplication;
import dev.millrace.benchmarks.application.SendToApplication;

/**
 * Application that makes an invoice of each order. All do the same work with the clients'
 * default settings, unless the name says otherwise.
 */
enum Contender {

	/** The practical limit. */
	LOOP("hand-written loop", Guarantee.CONFIRMED, Speed.FAST, () -> Program.of(LoopApplication.class),
			"--headers=false"),

	/** The limit for records that say what they are and where they come from. */
	LOOP_WITH_HEADERS("hand-written loop, Millrace's headers", Guarantee.CONFIRMED, Speed.FAST,
			() -> Program.of(LoopApplication.class), "--headers=true"),

	/** Millrace as it comes, where the JVM has virtual threads. */
	MILLRACE("Millrace, PARTITION, virtual threads", Guarantee.CONFIRMED, Speed.FAST,
			() -> Program.of(PublisherApplication.class)),

	/** Millrace as it comes before Java 21. */
	MILLRACE_PLATFORM("Millrace, PARTITION, platform threads", Guarantee.CONFIRMED, Speed.FAST,
			() -> Program.of(PublisherApplication.class), "--spring.threads.virtual.enabled=false"),

	/** Millrace with many records of a partition at a time. */
	MILLRACE_KEY("Millrace, KEY, virtual threads", Guarantee.CONFIRMED, Speed.FAST,
			() -> Program.of(PublisherApplication.class), "--millrace.subscriber.ordering=KEY"),

	/** Millrace with many records of a partition at a time before Java 21. */
	MILLRACE_KEY_PLATFORM("Millrace, KEY, platform threads", Guarantee.CONFIRMED, Speed.FAST,
			() -> Program.of(PublisherApplication.class), "--millrace.subscriber.ordering=KEY",
			"--spring.threads.virtual.enabled=false"),

	/** spring-kafka as it comes. */
	SEND_TO("@KafkaListener and @SendTo", Guarantee.MAY_BE_LOST, Speed.FAST, () -> Program.of(SendToApplication.class),
			Contender.WITHOUT_MILLRACE),

	/** spring-kafka's batches. */
	BATCH("@KafkaListener, waits for each batch", Guarantee.CONFIRMED, Speed.FAST,
			() -> Program.of(BatchListenerApplication.class), Contender.WITHOUT_MILLRACE),

	/** The safe form of what most people write. */
	WAITS("@KafkaListener, waits for each record", Guarantee.CONFIRMED, Speed.LINGERING,
			() -> Program.of(SendAndWaitApplication.class), Contender.WITHOUT_MILLRACE),

	/** The same, without waiting for further records to send. */
	WAITS_WITHOUT_LINGER("@KafkaListener, waits for each record, linger 0", Guarantee.CONFIRMED, Speed.WAITING,
			() -> Program.of(SendAndWaitApplication.class), Contender.WITHOUT_MILLRACE,
			"--spring.kafka.producer.properties.linger.ms=0"),

	/** Confluent's Parallel Consumer with the linger that it is faster with. */
	PARALLEL_CONSUMER("Parallel Consumer, KEY, 100 at once", Guarantee.CONFIRMED, Speed.SLOW,
			() -> Program.of(ParallelConsumerApplication.class), "--ordering=KEY", "--concurrency=100", "--linger=5"),

	/** A function of Spring Cloud Stream, as it comes. */
	CLOUD_STREAM("Spring Cloud Stream", Guarantee.MAY_BE_LOST, Speed.SLOW,
			() -> Program.ofModule("spring-cloud-stream",
					"dev.millrace.benchmarks.cloudstream.CloudStreamApplication")),

	/** Micronaut as it comes. */
	MICRONAUT("Micronaut", Guarantee.MAY_BE_LOST, Speed.FAST,
			() -> Program.ofModule("micronaut", "dev.millrace.benchmarks.micronaut.MicronautApplication")),

	/** Quarkus, whose messaging is that of SmallRye, as it comes. */
	QUARKUS("Quarkus", Guarantee.CONFIRMED, Speed.SLOW,
			() -> Program.ofJar("quarkus/target/quarkus-app/quarkus-run.jar"));

	private static final String WITHOUT_MILLRACE = "--millrace.enabled=false";

	private final String label;

	private final Guarantee guarantee;

	private final Speed speed;

	private final Supplier<Program> program;

	private final List<String> settings;

	Contender(String label, Guarantee guarantee, Speed speed, Supplier<Program> program, String... settings) {
		this.label = label;
		this.guarantee = guarantee;
		this.speed = speed;
		this.program = program;
		this.settings = List.of(settings);
	}

	Guarantee guarantee() {
		return this.guarantee;
	}

	Speed speed() {
		return this.speed;
	}

	Arm arm(Arm.Run run) {
		return new Arm(this.label, LOOP.label, this.guarantee, run);
	}

	ApplicationProcess start(List<String> arguments) {
		List<String> all = new ArrayList<>(arguments);
		all.addAll(this.settings);
		return ApplicationProcess.start(Jdk.newest(), this.program.get(), all);
	}

	@Override
	public String toString() {
		return this.label;
	}

	/**
	 * What order of magnitude an arm can handle, so that no run takes minutes.
	 */
	enum Speed {

		/** More than 50,000 records in a second, after the JIT's last compilations. */
		FAST(4_000_000, 2_000_000),

		/** Some ten thousand records in a second. */
		SLOW(200_000, 300_000),

		/** Some thousand records in a second. */
		WAITING(20_000, 40_000),

		/** Not more than one record for each linger. */
		LINGERING(1_000, 2_000);

		private final int warmUp;

		private final int measured;

		Speed(int warmUp, int measured) {
			this.warmUp = warmUp;
			this.measured = measured;
		}

		int warmUp() {
			return Scale.of(this.warmUp);
		}

		int measured() {
			return Scale.of(this.measured);
		}

	}

}
