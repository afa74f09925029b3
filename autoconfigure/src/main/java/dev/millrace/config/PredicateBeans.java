package dev.millrace.config;

import java.util.function.Function;
import java.util.function.Predicate;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

import dev.millrace.StreamConfigurationException;
import dev.millrace.StreamRecord;

/**
 * The application's predicates of records, by the names of their beans.
 */
public final class PredicateBeans implements Function<String, Predicate<StreamRecord>> {

	private final BeanFactory beanFactory;

	/**
	 * Create the predicates.
	 * @param beanFactory has the beans
	 */
	public PredicateBeans(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	@SuppressWarnings("unchecked")
	public Predicate<StreamRecord> apply(String name) {
		try {
			return this.beanFactory.getBean(name, Predicate.class);
		}
		catch (NoSuchBeanDefinitionException | BeanNotOfRequiredTypeException ex) {
			throw new StreamConfigurationException(
					"A @StreamFilter names the predicate '%s', but %s.".formatted(name,
							(ex instanceof NoSuchBeanDefinitionException) ? "there is no such bean"
									: "that bean is no java.util.function.Predicate"),
					"Declare a bean '%s' of type Predicate<StreamRecord>, or correct the name.".formatted(name), ex);
		}
	}

}
