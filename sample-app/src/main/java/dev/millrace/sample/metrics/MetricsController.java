package dev.millrace.sample.metrics;

import java.util.SortedMap;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Collected metrics over HTTP. Those of Spring Boot's actuator, which know only this very
 * moment, are elsewhere.
 */
@RestController
class MetricsController {

	private final MetricsView view;

	MetricsController(MetricsView view) {
		this.view = view;
	}

	@GetMapping("/metrics")
	SortedMap<String, MeterSummary> meters(@RequestParam(defaultValue = "") String prefix) {
		return this.view.withPrefix(prefix);
	}

}
