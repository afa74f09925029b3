package dev.millrace.codectests;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Record as Avro's compiler makes it.
 */
public class Order extends SpecificRecordBase {

	// The name that Avro looks for.
	public static final Schema SCHEMA$ = SchemaBuilder.record("Order")
		.namespace("dev.millrace.codectests")
		.fields()
		.requiredInt("id")
		.requiredString("item")
		.endRecord();

	private int id;

	private CharSequence item;

	public Order() {
	}

	Order(int id, String item) {
		this.id = id;
		this.item = item;
	}

	public int getId() {
		return this.id;
	}

	public String getItem() {
		return this.item.toString();
	}

	@Override
	public Schema getSchema() {
		return SCHEMA$;
	}

	@Override
	public Object get(int field) {
		return (field == 0) ? this.id : this.item;
	}

	@Override
	public void put(int field, Object value) {
		if (field == 0) {
			this.id = (Integer) value;
		}
		else {
			this.item = (CharSequence) value;
		}
	}

}
