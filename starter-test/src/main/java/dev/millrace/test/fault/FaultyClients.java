package dev.millrace.test.fault;

import java.util.List;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ConsumerPostProcessor;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.core.ProducerPostProcessor;

import dev.millrace.test.engine.ConsumerPositions;
import dev.millrace.test.engine.VirtualTime;

/**
 * Puts faults into the clients that factories make.
 */
public final class FaultyClients {

	private final ClientFaults faults;

	private final VirtualTime time;

	private final ConsumerPositions positions;

	/**
	 * Create what puts faults into clients.
	 * @param faults what is to go wrong
	 * @param time the time
	 * @param positions told how far consumers have come
	 */
	public FaultyClients(ClientFaults faults, VirtualTime time, ConsumerPositions positions) {
		this.faults = faults;
		this.time = time;
		this.positions = positions;
	}

	/**
	 * Have all consumers of a factory be faulty, and those of factories derived from it.
	 * @param <K> type of keys
	 * @param <V> type of bodies
	 * @param factory the factory
	 */
	public <K, V> void addTo(ConsumerFactory<K, V> factory) {
		factory.addPostProcessor(new Consumers<>(this.faults, this.positions));
	}

	/**
	 * Have all producers of a factory be faulty, and those of factories derived from it.
	 * @param <K> type of keys
	 * @param <V> type of bodies
	 * @param factory the factory
	 */
	public <K, V> void addTo(ProducerFactory<K, V> factory) {
		factory.addPostProcessor(new Producers<>(this.faults, this.time));
	}

	/**
	 * Have the consumers of a factory be as they are.
	 * @param <K> type of keys
	 * @param <V> type of bodies
	 * @param factory the factory
	 * @return the factory
	 */
	public static <K, V> ConsumerFactory<K, V> without(ConsumerFactory<K, V> factory) {
		for (ConsumerPostProcessor<K, V> postProcessor : List.copyOf(factory.getPostProcessors())) {
			if (postProcessor instanceof Consumers) {
				factory.removePostProcessor(postProcessor);
			}
		}
		return factory;
	}

	/**
	 * Have the producers of a factory be as they are.
	 * @param <K> type of keys
	 * @param <V> type of bodies
	 * @param factory the factory
	 * @return the factory
	 */
	public static <K, V> ProducerFactory<K, V> without(ProducerFactory<K, V> factory) {
		for (ProducerPostProcessor<K, V> postProcessor : List.copyOf(factory.getPostProcessors())) {
			if (postProcessor instanceof Producers) {
				factory.removePostProcessor(postProcessor);
			}
		}
		return factory;
	}

	/**
	 * Return whether something can go wrong with the clients of an application.
	 * @param consumers makes its consumers
	 * @param producers makes its producers
	 * @return whether both have taken over what was added to them
	 */
	public static boolean areIn(ConsumerFactory<?, ?> consumers, ProducerFactory<?, ?> producers) {
		return consumers.getPostProcessors().stream().anyMatch(Consumers.class::isInstance)
				&& producers.getPostProcessors().stream().anyMatch(Producers.class::isInstance);
	}

	/**
	 * Makes consumers faulty.
	 *
	 * @param <K> type of keys
	 * @param <V> type of bodies
	 * @param faults what is to go wrong
	 * @param positions told how far they have come
	 */
	private record Consumers<K, V>(ClientFaults faults,
			ConsumerPositions positions) implements ConsumerPostProcessor<K, V> {

		@Override
		public Consumer<K, V> apply(Consumer<K, V> consumer) {
			return ClientProxy.create(Consumer.class, new FaultyConsumer<>(consumer, this.faults, this.positions));
		}

	}

	/**
	 * Makes producers faulty.
	 *
	 * @param <K> type of keys
	 * @param <V> type of bodies
	 * @param faults what is to go wrong
	 * @param time the time
	 */
	private record Producers<K, V>(ClientFaults faults, VirtualTime time) implements ProducerPostProcessor<K, V> {

		@Override
		public Producer<K, V> apply(Producer<K, V> producer) {
			return ClientProxy.create(Producer.class, new FaultyProducer<>(producer, this.faults, this.time));
		}

	}

}
