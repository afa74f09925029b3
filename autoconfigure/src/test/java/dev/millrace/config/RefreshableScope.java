package dev.millrace.config;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyFactoryBean;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.Scope;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;

/**
 * Scope whose beans are made anew after each refresh, like Spring Cloud's: that too has
 * the proxies of its beans passed over by post-processors.
 */
final class RefreshableScope implements Scope, BeanDefinitionRegistryPostProcessor {

	static final String NAME = "refreshable";

	private final Map<String, Object> beans = new ConcurrentHashMap<>();

	void refresh() {
		this.beans.clear();
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		for (String name : registry.getBeanDefinitionNames()) {
			if (registry.getBeanDefinition(name) instanceof AbstractBeanDefinition definition
					&& definition.hasBeanClass() && definition.getBeanClass() == ScopedProxyFactoryBean.class) {
				definition.setSynthetic(true);
			}
		}
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		beanFactory.registerScope(NAME, this);
	}

	@Override
	public Object get(String name, ObjectFactory<?> objectFactory) {
		return this.beans.computeIfAbsent(name, (missing) -> objectFactory.getObject());
	}

	@Override
	public @Nullable Object remove(String name) {
		return this.beans.remove(name);
	}

	@Override
	public void registerDestructionCallback(String name, Runnable callback) {
	}

}
