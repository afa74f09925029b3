package dev.millrace.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

import dev.millrace.StreamConfigurer;

/**
 * Finds what beans declare and hands it to the registrar: that of beans that are created
 * with the context when all of them exist, that of later ones at once.
 */
public final class StreamAnnotationBeanPostProcessor implements BeanPostProcessor, SmartInitializingSingleton, Ordered {

	private final Set<Class<?>> classesWithout = ConcurrentHashMap.newKeySet();

	private final ObjectProvider<EndpointRegistrar> registrar;

	private final ObjectProvider<StreamConfigurer> configurers;

	private @Nullable List<SubscriberDeclaration> waiting = new ArrayList<>();

	/**
	 * Create the post-processor.
	 * @param registrar provides the registrar, once it is needed
	 * @param configurers declare further subscribers
	 */
	public StreamAnnotationBeanPostProcessor(ObjectProvider<EndpointRegistrar> registrar,
			ObjectProvider<StreamConfigurer> configurers) {
		this.registrar = registrar;
		this.configurers = configurers;
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		// Not that of a @Configuration, which Spring makes a subclass of: no class is
		// around
		// that one.
		Class<?> targetClass = ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(bean));
		if (this.classesWithout.contains(targetClass) || PublisherInterfaces.isPublisher(bean)
				|| !DeclarationFinder.isCandidate(targetClass)) {
			return bean;
		}
		List<SubscriberDeclaration> declarations = new DeclarationFinder(bean, beanName, targetClass).find();
		if (declarations.isEmpty()) {
			this.classesWithout.add(targetClass);
		}
		declarations.forEach(this::add);
		return bean;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<SubscriberDeclaration> declarations;
		synchronized (this) {
			declarations = this.waiting;
			this.waiting = null;
		}
		List<StreamConfigurer> configurers = this.configurers.orderedStream().toList();
		if (declarations != null && !(declarations.isEmpty() && configurers.isEmpty())) {
			EndpointRegistrar registrar = this.registrar.getObject();
			declarations.forEach(registrar::register);
			configurers.forEach((configurer) -> configurer.configure(registrar::register));
			registrar.reportUnusedSettings();
		}
	}

	private void add(SubscriberDeclaration declaration) {
		synchronized (this) {
			if (this.waiting != null) {
				this.waiting.add(declaration);
				return;
			}
		}
		this.registrar.getObject().register(declaration);
	}

}
