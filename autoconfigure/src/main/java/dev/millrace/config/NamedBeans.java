package dev.millrace.config;

import java.util.function.Function;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

import dev.millrace.StreamConfigurationException;

/**
 * Beans of the application that annotations name.
 *
 * @param <T> the type of the beans
 */
public final class NamedBeans<T> implements Function<String, T> {

	private final BeanFactory beanFactory;

	private final Class<? super T> type;

	private final String where;

	/**
	 * Create the beans.
	 * @param beanFactory has the beans
	 * @param type their type
	 * @param where what names them, for errors
	 */
	public NamedBeans(BeanFactory beanFactory, Class<? super T> type, String where) {
		this.beanFactory = beanFactory;
		this.type = type;
		this.where = where;
	}

	@Override
	@SuppressWarnings("unchecked")
	public T apply(String name) {
		try {
			return (T) this.beanFactory.getBean(name, this.type);
		}
		catch (NoSuchBeanDefinitionException | BeanNotOfRequiredTypeException ex) {
			throw new StreamConfigurationException(
					"%s names the bean '%s', but %s.".formatted(this.where, name,
							(ex instanceof NoSuchBeanDefinitionException) ? "there is none"
									: "that is no " + this.type.getName()),
					"Declare a bean '%s' of type %s, or correct the name.".formatted(name, this.type.getSimpleName()),
					ex);
		}
	}

}
