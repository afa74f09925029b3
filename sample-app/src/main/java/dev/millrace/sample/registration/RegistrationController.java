package dev.millrace.sample.registration;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import dev.millrace.sample.Receipt;
import dev.millrace.sample.StreamSender;

/**
 * Registrations over HTTP.
 */
@RestController
@RequestMapping("/registrations")
class RegistrationController {

	private final StreamSender sender;

	private final LatestRegistrations latest;

	RegistrationController(StreamSender sender, LatestRegistrations latest) {
		this.sender = sender;
		this.latest = latest;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.ACCEPTED)
	CompletableFuture<Receipt> register(@RequestBody Registration registration) {
		return this.sender.send("in-topic", registration.userId().toString(), registration);
	}

	@GetMapping
	List<String> latest() {
		return this.latest.list();
	}

}
