package dev.millrace.sample.words;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import dev.millrace.sample.Receipt;
import dev.millrace.sample.StreamSender;

/**
 * Lines in and word counts out over HTTP.
 */
@RestController
class WordController {

	private final StreamSender sender;

	private final WordCounts counts;

	WordController(StreamSender sender, WordCounts counts) {
		this.sender = sender;
		this.counts = counts;
	}

	@PostMapping(path = "/lines", consumes = MediaType.TEXT_PLAIN_VALUE)
	@ResponseStatus(HttpStatus.ACCEPTED)
	CompletableFuture<Receipt> send(@RequestBody String line) {
		return this.sender.send("lines", null, line);
	}

	@GetMapping("/words")
	List<WordCount> mostFrequent(@RequestParam(defaultValue = "20") int limit) {
		return this.counts.mostFrequent(limit);
	}

}
