package dev.millrace.autoconfigure;

import org.springframework.beans.factory.FactoryBean;

import dev.millrace.config.PublisherInterfaces;

/**
 * Bean of an interface whose methods publish. What can't work is found out when the
 * factory is created, also when nobody asks for the bean.
 *
 * @param <T> the interface
 */
class PublisherInterfaceFactoryBean<T> implements FactoryBean<T> {

	private final Class<T> type;

	private final T publisher;

	PublisherInterfaceFactoryBean(Class<T> type, PublisherInterfaces interfaces) {
		this.type = type;
		this.publisher = interfaces.implement(type);
	}

	@Override
	public T getObject() {
		return this.publisher;
	}

	@Override
	public Class<T> getObjectType() {
		return this.type;
	}

}
