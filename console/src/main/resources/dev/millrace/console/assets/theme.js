// Before the first paint, so that nothing flashes. Without a choice, the system's.
(() => {
	const theme = localStorage.getItem('millrace-theme')
	if (theme) {
		document.documentElement.dataset.theme = theme
	}
})()
