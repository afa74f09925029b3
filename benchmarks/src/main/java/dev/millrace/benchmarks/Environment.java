package dev.millrace.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;
import org.apache.kafka.common.utils.AppInfoParser;
import org.springframework.boot.SpringBootVersion;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Where a measurement was made.
 */
final class Environment {

	private Environment() {
	}

	static Map<String, String> describe() {
		Map<String, String> environment = new LinkedHashMap<>();
		environment.put("date", LocalDate.now().toString());
		environment.put("machine",
				"%d processors, %d GiB of memory, %s %s".formatted(Runtime.getRuntime().availableProcessors(),
						operatingSystem().getTotalMemorySize() >> 30, System.getProperty("os.name"),
						System.getProperty("os.arch")));
		environment.put("java", Jdk.newest().version().toString());
		environment.put("spring-boot", SpringBootVersion.getVersion());
		environment.put("spring-kafka", String.valueOf(KafkaTemplate.class.getPackage().getImplementationVersion()));
		environment.put("kafka clients and broker", AppInfoParser.getVersion());
		return environment;
	}

	static OperatingSystemMXBean operatingSystem() {
		return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
	}

}
