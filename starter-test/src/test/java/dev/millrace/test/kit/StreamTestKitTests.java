package dev.millrace.test.kit;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.StreamTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StreamTestKit} in memory.
 */
@StreamTest(properties = "millrace.shutdown.timeout=500ms")
class StreamTestKitTests extends StreamTestKitContract {

	@Autowired
	private ApplicationContext context;

	/**
	 * Says nothing of its own.
	 */
	@Nested
	class Inside {

		@Test
		void applicationIsTheSame(@Autowired ApplicationContext own) {
			assertThat(own).isSameAs(StreamTestKitTests.this.context);
		}

	}

}
