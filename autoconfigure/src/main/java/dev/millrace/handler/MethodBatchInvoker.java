package dev.millrace.handler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * Invoker of a bean's method that takes lists. Each record is bound as if it was alone;
 * the lists are made of those with which that was possible.
 */
final class MethodBatchInvoker implements BatchInvoker {

	private final BeanMethod method;

	private final List<ArgumentBinder> binders;

	private final Map<Integer, SharedArgument> shared;

	private final @Nullable ArgumentValidation elementValidation;

	private final @Nullable BatchValidation validation;

	/**
	 * Create an invoker.
	 * @param method the method
	 * @param binders bind what one record has for each of the lists
	 * @param shared the parameters that are no lists, but belong to all records
	 * @param elementValidation checks what was bound for one record, or {@code null}
	 * @param validation checks the lists, or {@code null}
	 */
	MethodBatchInvoker(BeanMethod method, List<ArgumentBinder> binders, Map<Integer, SharedArgument> shared,
			@Nullable ArgumentValidation elementValidation, @Nullable BatchValidation validation) {
		this.method = method;
		this.binders = List.copyOf(binders);
		this.shared = Map.copyOf(shared);
		this.elementValidation = elementValidation;
		this.validation = validation;
	}

	@Override
	public BatchCall prepare(List<Delivery> deliveries) {
		Map<Delivery, Throwable> failures = new HashMap<>();
		List<Row> rows = new ArrayList<>(deliveries.size());
		for (Delivery delivery : deliveries) {
			try {
				rows.add(bind(delivery));
			}
			catch (Throwable ex) {
				failures.put(delivery, ex);
			}
		}
		if (this.validation != null && !rows.isEmpty()) {
			Map<Integer, ? extends Throwable> invalid = this.validation.validate(arguments(rows));
			List<Row> all = List.copyOf(rows);
			invalid.forEach((index, failure) -> {
				failures.put(all.get(index).delivery(), failure);
				rows.remove(all.get(index));
			});
		}
		@Nullable Object[] arguments = arguments(rows);
		return new BatchCall(failures, () -> this.method.invoke(arguments));
	}

	/**
	 * Make the arguments of a batch of one.
	 * @param delivery the record
	 * @return the lists
	 * @throws Exception why it can't be decoded, bound or validated
	 */
	@Nullable Object[] arguments(Delivery delivery) throws Exception {
		Throwable failure = prepare(List.of(delivery)).failure(delivery);
		if (failure != null) {
			ReflectionUtils.rethrowException(failure);
		}
		return arguments(List.of(bind(delivery)));
	}

	private Row bind(Delivery delivery) {
		@Nullable Object[] values = new Object[this.method.parameterCount()];
		for (ArgumentBinder binder : this.binders) {
			binder.bind(delivery, values);
		}
		if (this.elementValidation != null) {
			this.elementValidation.validate(values);
		}
		return new Row(delivery, values);
	}

	private @Nullable Object[] arguments(List<Row> rows) {
		@Nullable Object[] arguments = new Object[this.method.parameterCount()];
		for (int i = 0; i < arguments.length; i++) {
			SharedArgument argument = this.shared.get(i);
			arguments[i] = (argument != null) ? argument.of(rows.stream().map(Row::delivery).toList())
					: column(rows, i);
		}
		return arguments;
	}

	private static List<@Nullable Object> column(List<Row> rows, int index) {
		List<@Nullable Object> column = new ArrayList<>(rows.size());
		for (Row row : rows) {
			column.add(row.values()[index]);
		}
		return column;
	}

	/**
	 * Argument that belongs to all records of a batch.
	 */
	@FunctionalInterface
	interface SharedArgument {

		@Nullable Object of(List<Delivery> deliveries);

	}

	/**
	 * What one record has for each of the lists.
	 */
	private static final class Row {

		private final Delivery delivery;

		private final @Nullable Object[] values;

		Row(Delivery delivery, @Nullable Object[] values) {
			this.delivery = delivery;
			this.values = values;
		}

		Delivery delivery() {
			return this.delivery;
		}

		@Nullable Object[] values() {
			return this.values;
		}

	}

}
