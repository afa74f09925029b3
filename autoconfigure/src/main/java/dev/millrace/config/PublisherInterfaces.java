package dev.millrace.config;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.function.SingletonSupplier;

import dev.millrace.PublisherInterceptor;
import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.StreamHandler;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.publisher.MethodPublisher;
import dev.millrace.publisher.RecordScopes;
import dev.millrace.publisher.RecordSender;

/**
 * Implements interfaces whose methods publish.
 */
public final class PublisherInterfaces implements SmartInitializingSingleton {

	private static final List<Class<?>> PUBLISHING = List.of(StreamPublisher.class, StreamPublisher.Container.class);

	/** With these, an interface is the contract of handlers. */
	private static final List<Class<?>> HANDLING = List.of(StreamSubscriber.class, StreamSubscriber.Container.class,
			StreamHandler.class);

	private final ConfigurableBeanFactory beanFactory;

	private final RecordScopes scopes;

	private final RecordSender sender;

	private final List<SingletonSupplier<List<PublisherInterceptor>>> interceptors = new ArrayList<>();

	/**
	 * Create what implements interfaces.
	 * @param beanFactory resolves placeholders and expressions
	 * @param scopes know which record something is published for
	 * @param sender sends what is published for none
	 */
	public PublisherInterfaces(ConfigurableBeanFactory beanFactory, RecordScopes scopes, RecordSender sender) {
		this.beanFactory = beanFactory;
		this.scopes = scopes;
		this.sender = sender;
	}

	/**
	 * Find out whether a class is an interface that is to be implemented, by what its
	 * methods are annotated with.
	 * @param metadata what the class is
	 * @return whether its methods publish, and handle nothing
	 */
	public static boolean isDeclaredBy(AnnotationMetadata metadata) {
		return metadata.isInterface() && !metadata.isAnnotation() && has(metadata, PUBLISHING)
				&& !has(metadata, HANDLING);
	}

	/**
	 * Find out whether a bean is one of those that come from here, perhaps behind the
	 * proxies of aspects.
	 * @param bean the bean
	 * @return whether it implements an interface that publishes
	 */
	static boolean isPublisher(Object bean) {
		Object target = AopProxyUtils.getSingletonTarget(bean);
		return (target != null) ? isPublisher(target)
				: Proxy.isProxyClass(bean.getClass()) && Proxy.getInvocationHandler(bean) instanceof PublisherInterface;
	}

	/**
	 * Implement an interface.
	 * @param type the interface
	 * @param <T> the interface
	 * @return an object that publishes
	 * @throws StreamConfigurationException when one of its methods can't work
	 */
	public <T> T implement(Class<T> type) {
		Map<Method, MethodPublisher> publishers = new HashMap<>();
		for (Method method : type.getMethods()) {
			if (Modifier.isAbstract(method.getModifiers())) {
				publishers.put(method, publisher(type, method));
			}
		}
		return type.cast(new PublisherInterface(type, publishers).proxy());
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.interceptors.forEach(SingletonSupplier::obtain);
	}

	private static boolean has(AnnotationMetadata metadata, List<Class<?>> annotations) {
		return annotations.stream().anyMatch((annotation) -> metadata.hasAnnotatedMethods(annotation.getName()));
	}

	private MethodPublisher publisher(Class<?> type, Method method) {
		String where = "%s.%s".formatted(type.getName(), method.getName());
		List<MergedAnnotation<StreamPublisher>> annotations = NearestAnnotations
			.of(MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY), StreamPublisher.class)
			.toList();
		if (annotations.size() != 1) {
			throw new StreamConfigurationException(
					"The method %s of an interface that publishes has %s @StreamPublisher.".formatted(where,
							annotations.isEmpty() ? "no" : "more than one"),
					"Give each of its methods one, or implement it as a default method.");
		}
		AnnotationText text = new AnnotationText(this.beanFactory, where);
		PublisherEndpoint endpoint = new PublisherReader(where, text).read(annotations.get(0), "");
		return this.scopes.publisher(new PublisherMethodReader(type, method, where, text).read(endpoint),
				endpoint.interceptors().isEmpty() ? List::of : interceptors(endpoint, where), this.sender);
	}

	// Not looked for at once, because they may use the interface themselves.
	private Supplier<List<PublisherInterceptor>> interceptors(PublisherEndpoint endpoint, String where) {
		NamedBeans<PublisherInterceptor> named = new NamedBeans<>(this.beanFactory, PublisherInterceptor.class, where);
		SingletonSupplier<List<PublisherInterceptor>> interceptors = SingletonSupplier
			.of(() -> endpoint.interceptors().stream().map(named).toList());
		this.interceptors.add(interceptors);
		return interceptors::obtain;
	}

}
