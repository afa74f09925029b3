package dev.millrace.config;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.HandlerMethod;

/**
 * Finds annotated methods of beans and hands them to the registrar: those of beans that
 * are created with the context when all of them exist, those of later ones at once.
 */
public final class StreamAnnotationBeanPostProcessor implements BeanPostProcessor, SmartInitializingSingleton, Ordered {

	private final Set<Class<?>> classesWithout = ConcurrentHashMap.newKeySet();

	private final ObjectProvider<EndpointRegistrar> registrar;

	private @Nullable List<HandlerMethod> waiting = new ArrayList<>();

	/**
	 * Create the post-processor.
	 * @param registrar provides the registrar, once it is needed
	 */
	public StreamAnnotationBeanPostProcessor(ObjectProvider<EndpointRegistrar> registrar) {
		this.registrar = registrar;
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Class<?> targetClass = AopProxyUtils.ultimateTargetClass(bean);
		if (this.classesWithout.contains(targetClass) || !AnnotationUtils.isCandidateClass(targetClass,
				List.of(StreamSubscriber.class, StreamPublisher.class))) {
			return bean;
		}
		Set<Method> methods = MethodIntrospector.selectMethods(targetClass,
				StreamAnnotationBeanPostProcessor::isAnnotated);
		if (methods.isEmpty()) {
			this.classesWithout.add(targetClass);
		}
		for (Method method : methods) {
			add(handler(new HandlerMethod(bean, beanName, targetClass, method, method)));
		}
		return bean;
	}

	private static HandlerMethod handler(HandlerMethod declared) {
		Object bean = declared.bean();
		Method method = declared.method();
		if (AopUtils.isCglibProxy(bean) && Modifier.isFinal(method.getModifiers())) {
			throw new StreamConfigurationException(
					"%s is final, so that the bean's proxy can't pass its calls on.".formatted(declared.describe()),
					"Remove the modifier final.");
		}
		try {
			return new HandlerMethod(bean, declared.beanName(), declared.targetClass(), method,
					AopUtils.selectInvocableMethod(method, bean.getClass()));
		}
		catch (IllegalStateException ex) {
			throw new StreamConfigurationException(
					"%s can't be called through the bean's proxy.".formatted(declared.describe()),
					AopUtils.isJdkDynamicProxy(bean)
							? "Declare it in an interface of the bean, or let the proxy extend the class "
									+ "(proxyTargetClass = true)."
							: "Don't make it private.",
					ex);
		}
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<HandlerMethod> handlers;
		synchronized (this) {
			handlers = this.waiting;
			this.waiting = null;
		}
		if (handlers != null && !handlers.isEmpty()) {
			EndpointRegistrar registrar = this.registrar.getObject();
			handlers.forEach((handler) -> registrar.register(handler));
			registrar.reportUnusedSettings();
		}
	}

	private void add(HandlerMethod handler) {
		synchronized (this) {
			if (this.waiting != null) {
				this.waiting.add(handler);
				return;
			}
		}
		this.registrar.getObject().register(handler);
	}

	private static boolean isAnnotated(Method method) {
		MergedAnnotations annotations = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
		return annotations.isPresent(StreamSubscriber.class) || annotations.isPresent(StreamPublisher.class);
	}

}
