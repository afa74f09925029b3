package dev.millrace.test.autoconfigure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.ClassMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

import dev.millrace.BatchInterceptor;
import dev.millrace.PublisherInterceptor;
import dev.millrace.StreamConfigurer;
import dev.millrace.SubscriberInterceptor;
import dev.millrace.annotation.StreamAdvice;
import dev.millrace.annotation.StreamHandler;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.codec.StreamCodec;

/**
 * Leaves out what has nothing to do with streams.
 */
final class StreamTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<StreamTest> {

	private static final Set<Class<?>> INCLUDED = Set.of(StreamConfigurer.class, SubscriberInterceptor.class,
			PublisherInterceptor.class, BatchInterceptor.class, StreamCodec.class, StreamAdvice.class);

	StreamTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		return INCLUDED;
	}

	@Override
	protected boolean defaultInclude(MetadataReader metadataReader, MetadataReaderFactory metadataReaderFactory)
			throws IOException {
		return isStreaming(metadataReader, metadataReaderFactory)
				|| super.defaultInclude(metadataReader, metadataReaderFactory);
	}

	// Handlers may be inherited, which the metadata of a class does not say.
	private static boolean isStreaming(MetadataReader type, MetadataReaderFactory types) throws IOException {
		if (isStreaming(type.getAnnotationMetadata())) {
			return true;
		}
		ClassMetadata metadata = type.getClassMetadata();
		List<String> inherited = new ArrayList<>(List.of(metadata.getInterfaceNames()));
		if (metadata.getSuperClassName() != null) {
			inherited.add(metadata.getSuperClassName());
		}
		for (String name : inherited) {
			if (!name.startsWith("java.") && isStreaming(types.getMetadataReader(name), types)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isStreaming(AnnotationMetadata metadata) {
		return metadata.isAnnotated(StreamSubscriber.class.getName())
				|| metadata.hasAnnotatedMethods(StreamSubscriber.class.getName())
				|| metadata.hasAnnotatedMethods(StreamSubscriber.Container.class.getName())
				|| metadata.hasAnnotatedMethods(StreamHandler.class.getName())
				|| metadata.hasAnnotatedMethods(StreamPublisher.class.getName());
	}

}
