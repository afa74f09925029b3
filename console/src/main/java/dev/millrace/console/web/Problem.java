package dev.millrace.console.web;

/**
 * Answer that says why there is no other, in the form of RFC 9457.
 *
 * @param status the status
 * @param title the kind of the problem
 * @param detail what is wrong, and what to do about it
 * @param reason a short name of the reason, for the page
 */
record Problem(int status, String title, String detail, String reason) {

	static Problem of(Exception ex) {
		String message = ex.getMessage();
		String detail = (message != null && !message.isBlank()) ? message : ex.getClass().getSimpleName();
		if (ex instanceof AccessRefusedException refused) {
			return new Problem(403, "Refused", detail, refused.reason());
		}
		if (ex instanceof IllegalArgumentException) {
			return new Problem(400, "Not possible", detail, "invalid");
		}
		return new Problem(500, "Failed", detail, "failed");
	}

	static Problem notFound(String what) {
		return new Problem(404, "Not found", "There is no " + what, "not-found");
	}

}
