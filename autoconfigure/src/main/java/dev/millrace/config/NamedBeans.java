package dev.millrace.config;

import java.util.List;
import java.util.function.Function;

import org.springframework.beans.factory.BeanFactory;

import dev.millrace.StreamConfigurationException;

/**
 * Beans of the application that annotations name.
 *
 * @param <T> the type of the beans
 */
public final class NamedBeans<T> implements Function<String, T> {

	private final BeanFactory beanFactory;

	private final List<Class<?>> types;

	private final String where;

	/**
	 * Create the beans.
	 * @param beanFactory has the beans
	 * @param type their type
	 * @param where what names them, for errors
	 */
	public NamedBeans(BeanFactory beanFactory, Class<? super T> type, String where) {
		this(beanFactory, List.of(type), where);
	}

	/**
	 * Create beans of several types.
	 * @param beanFactory has the beans
	 * @param types what each of them is at least one of
	 * @param where what names them, for errors
	 */
	public NamedBeans(BeanFactory beanFactory, List<Class<?>> types, String where) {
		this.beanFactory = beanFactory;
		this.types = List.copyOf(types);
		this.where = where;
	}

	@Override
	@SuppressWarnings("unchecked")
	public T apply(String name) {
		if (!this.beanFactory.containsBean(name)) {
			throw refused(name, "there is none");
		}
		Object bean = this.beanFactory.getBean(name);
		if (this.types.stream().noneMatch((type) -> type.isInstance(bean))) {
			throw refused(name, "that is no " + names(Class::getName));
		}
		return (T) bean;
	}

	private StreamConfigurationException refused(String name, String why) {
		return new StreamConfigurationException("%s names the bean '%s', but %s.".formatted(this.where, name, why),
				"Declare a bean '%s' of type %s, or correct the name.".formatted(name, names(Class::getSimpleName)));
	}

	private String names(Function<Class<?>, String> name) {
		return String.join(" or ", this.types.stream().map(name).toList());
	}

}
