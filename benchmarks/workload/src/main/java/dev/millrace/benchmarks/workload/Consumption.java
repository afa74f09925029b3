package dev.millrace.benchmarks.workload;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;

import com.sun.management.OperatingSystemMXBean;

/**
 * What this process has used until a moment, by the JVM's own counters.
 *
 * @param time the moment, as by {@link System#nanoTime()}
 * @param processorTime the processor time of all threads in nanoseconds, those of the
 * collector and the compiler too
 * @param allocated the bytes of all objects ever created, or -1 before Java 21
 */
public record Consumption(long time, long processorTime, long allocated) {

	/**
	 * Return what has been used until now.
	 * @return the consumption
	 */
	public static Consumption now() {
		return new Consumption(System.nanoTime(),
				ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime(),
				allocatedUntilNow());
	}

	/**
	 * Return what was used for each record.
	 * @param since the beginning
	 * @param records how many records were handled
	 * @return the values by their names
	 */
	public Map<String, Double> perRecord(Consumption since, int records) {
		Map<String, Double> values = new LinkedHashMap<>();
		values.put("client processor, us/record", (this.processorTime - since.processorTime) / 1e3 / records);
		if (this.allocated >= 0) {
			values.put("garbage, bytes/record", (this.allocated - since.allocated) / (double) records);
		}
		return values;
	}

	private static long allocatedUntilNow() {
		try {
			return (long) ManagementFactory.getPlatformMBeanServer()
				.getAttribute(new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME), "TotalThreadAllocatedBytes");
		}
		catch (AttributeNotFoundException ex) {
			return -1;
		}
		catch (JMException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
