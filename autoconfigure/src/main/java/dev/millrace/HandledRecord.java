package dev.millrace;

/**
 * Record that a function handles, with the means to decide about it, as
 * {@link Acknowledgment} says. Annotated handlers may have a parameter of this type too.
 */
public interface HandledRecord extends StreamRecord, Acknowledgment {

}
