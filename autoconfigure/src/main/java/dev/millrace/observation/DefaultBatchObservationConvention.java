package dev.millrace.observation;

import io.micrometer.common.KeyValues;

import dev.millrace.StreamRecord;

/**
 * Names as those of {@link DefaultProcessObservationConvention}, with the number of
 * records in place of what belongs to one.
 */
public class DefaultBatchObservationConvention implements BatchObservationConvention {

	private static final String SEVERAL = "several";

	@Override
	public String getName() {
		return DefaultProcessObservationConvention.NAME;
	}

	@Override
	public String getContextualName(BatchContext context) {
		return "process " + topic(context);
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(BatchContext context) {
		return MessagingKeys.process(context.subscriber(), context.group(), topic(context), context.getError());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(BatchContext context) {
		return KeyValues.of("messaging.batch.message_count", String.valueOf(context.records().size()));
	}

	private static String topic(BatchContext context) {
		String first = context.records().get(0).topic();
		return context.records().stream().map(StreamRecord::topic).allMatch(first::equals) ? first : SEVERAL;
	}

}
