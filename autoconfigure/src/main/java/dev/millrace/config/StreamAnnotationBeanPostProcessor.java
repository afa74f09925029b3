package dev.millrace.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

import dev.millrace.StreamConfigurationException;
import dev.millrace.StreamConfigurer;

/**
 * Finds what beans declare and hands it to the registrar: that of beans that are created
 * with the context when all of them exist, that of later ones at once. Of a bean with a
 * scoped proxy it is the proxy that declares: its calls go to the instance that the scope
 * has then.
 */
public final class StreamAnnotationBeanPostProcessor implements BeanPostProcessor, SmartInitializingSingleton, Ordered {

	private final Set<Class<?>> classesWithout = ConcurrentHashMap.newKeySet();

	private final ListableBeanFactory beanFactory;

	private final ObjectProvider<EndpointRegistrar> registrar;

	private final ObjectProvider<StreamConfigurer> configurers;

	private @Nullable List<List<SubscriberDeclaration>> waiting = new ArrayList<>();

	/**
	 * Create the post-processor.
	 * @param beanFactory has the scoped proxies
	 * @param registrar provides the registrar, once it is needed
	 * @param configurers declare further subscribers
	 */
	public StreamAnnotationBeanPostProcessor(ListableBeanFactory beanFactory,
			ObjectProvider<EndpointRegistrar> registrar, ObjectProvider<StreamConfigurer> configurers) {
		this.beanFactory = beanFactory;
		this.registrar = registrar;
		this.configurers = configurers;
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (!(bean instanceof ScopedObject) && !ScopedProxyUtils.isScopedTarget(beanName)) {
			declare(bean, beanName);
		}
		return bean;
	}

	@Override
	public void afterSingletonsInstantiated() {
		declareScopedProxies();
		List<List<SubscriberDeclaration>> declarations;
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

	// By name, because nobody may have asked for one yet, and because Spring Cloud has
	// those of its @RefreshScope passed over by post-processors.
	private void declareScopedProxies() {
		for (String name : this.beanFactory.getBeanDefinitionNames()) {
			if (ScopedProxyUtils.isScopedTarget(name)) {
				String proxyName = ScopedProxyUtils.getOriginalBeanName(name);
				declare(this.beanFactory.getBean(proxyName), proxyName);
			}
		}
	}

	private void declare(Object bean, String beanName) {
		// A @Configuration has been made a subclass of, and no class is around that one.
		Class<?> targetClass = ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(bean));
		if (this.classesWithout.contains(targetClass) || PublisherInterfaces.isPublisher(bean)
				|| !DeclarationFinder.isCandidate(targetClass)) {
			return;
		}
		List<SubscriberDeclaration> declarations = new DeclarationFinder(bean, beanName, targetClass).find();
		if (declarations.isEmpty()) {
			this.classesWithout.add(targetClass);
			return;
		}
		checkIsBean(declarations.get(0), beanName);
		add(declarations);
	}

	// Each test method has an instance of its own, and none of them ends with the test.
	private static void checkIsBean(SubscriberDeclaration declaration, String beanName) {
		if (beanName.endsWith(AutowireCapableBeanFactory.ORIGINAL_INSTANCE_SUFFIX)) {
			throw new StreamConfigurationException(
					"%s handles records, but that is an instance of a test and no bean: each test would add another."
						.formatted(declaration.description()),
					"Move it to a bean, such as a @TestConfiguration or a static nested class with @Component.");
		}
	}

	private void add(List<SubscriberDeclaration> ofBean) {
		synchronized (this) {
			if (this.waiting != null) {
				this.waiting.add(ofBean);
				return;
			}
		}
		this.registrar.getObject().register(ofBean);
	}

}
