package dev.millrace.test.settlement;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Does something while the broker is asked.
 */
final class Meanwhile implements BeanPostProcessor {

	/** Where topics end. */
	static final String ENDS = "listOffsets read_uncommitted";

	/** Where topics end, as far as they may be read. */
	static final String COMMITTED_ENDS = "listOffsets read_committed";

	/** What a group has committed. */
	static final String COMMITTED = "listConsumerGroupOffsets";

	private final Queue<Step> steps = new ConcurrentLinkedQueue<>();

	/**
	 * Do something just before a question, after what was to be done until now.
	 * @param question the question
	 * @param what what to do
	 */
	void before(String question, Runnable what) {
		this.steps.add(new Step(question, true, what));
	}

	/**
	 * Do something as soon as a question is answered, after what was to be done until
	 * now.
	 * @param question the question
	 * @param what what to do
	 */
	void after(String question, Runnable what) {
		this.steps.add(new Step(question, false, what));
	}

	/**
	 * Return whether all of it was done.
	 * @return whether nothing is left
	 */
	boolean isOver() {
		return this.steps.isEmpty();
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (!(bean instanceof Admin admin)) {
			return bean;
		}
		return Proxy.newProxyInstance(Admin.class.getClassLoader(), new Class<?>[] { Admin.class },
				(proxy, method, arguments) -> {
					String question = question(method.getName(), arguments);
					next(question, true);
					try {
						Object answer = method.invoke(admin, arguments);
						if (answer instanceof ListOffsetsResult ends) {
							ends.all().get();
						}
						next(question, false);
						return answer;
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	private static String question(String method, Object[] arguments) {
		return (arguments != null && arguments.length > 1 && arguments[1] instanceof ListOffsetsOptions options)
				? method + " " + options.isolationLevel() : method;
	}

	private void next(String question, boolean before) {
		Step next = this.steps.peek();
		if (next != null && next.question.equals(question) && next.before == before) {
			this.steps.remove();
			next.what.run();
		}
	}

	/**
	 * What is to be done.
	 *
	 * @param question at which question
	 * @param before whether before it and not after it
	 * @param what what to do
	 */
	private record Step(String question, boolean before, Runnable what) {

	}

}
