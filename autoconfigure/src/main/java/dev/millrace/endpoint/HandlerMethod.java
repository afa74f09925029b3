package dev.millrace.endpoint;

import java.lang.reflect.Method;

import org.springframework.core.ResolvableType;

/**
 * Method of a bean that handles records.
 *
 * @param bean the bean to call, a proxy where there is one
 * @param beanName the name of the bean
 * @param targetType the class behind the proxy; generic parameter types are resolved
 * against it
 * @param method the method as the class declares it, for its annotations and types
 * @param invocable the method to call on the bean: the same one, or the one of the
 * proxy's interface
 */
public record HandlerMethod(Object bean, String beanName, ResolvableType targetType, Method method, Method invocable) {

	/**
	 * Describe a method.
	 * @param bean the bean to call, a proxy where there is one
	 * @param beanName the name of the bean
	 * @param targetClass the class behind the proxy
	 * @param method the method as the class declares it
	 * @param invocable the method to call on the bean
	 */
	public HandlerMethod(Object bean, String beanName, Class<?> targetClass, Method method, Method invocable) {
		this(bean, beanName, ResolvableType.forClass(targetClass), method, invocable);
	}

	/**
	 * Return the class behind the proxy.
	 * @return the class, without type arguments
	 */
	public Class<?> targetClass() {
		return this.targetType.toClass();
	}

	/**
	 * Describe where the handler is, for errors and logs.
	 * @return the method and the bean's name, for example
	 * {@code Registrations.handle(String, int) of bean 'registrations'}
	 */
	public String describe() {
		StringBuilder text = new StringBuilder(targetClass().getSimpleName()).append('.')
			.append(this.method.getName())
			.append('(');
		Class<?>[] types = this.method.getParameterTypes();
		for (int i = 0; i < types.length; i++) {
			text.append((i > 0) ? ", " : "").append(types[i].getSimpleName());
		}
		return text.append(") of bean '").append(this.beanName).append('\'').toString();
	}

}
