package dev.millrace.sample.registration;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.springframework.util.Assert;

/**
 * Body of a request to register a user.
 *
 * @param user the name
 * @param userId the number, the key of what is published
 */
record Registration(String user, @JsonAlias("user_id") Integer userId) {

	Registration {
		Assert.hasText(user, "user is missing");
		Assert.notNull(userId, "user_id is missing");
	}

}
