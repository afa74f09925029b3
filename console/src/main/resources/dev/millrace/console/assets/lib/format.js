// Figures for people.

const whole = new Intl.NumberFormat('en')

/** 1234567 -> 1,234,567; nothing known -> – */
export function count(value) {
	return value === null || value === undefined ? '–' : whole.format(value)
}

/** 1234567 -> 1.2M, where there is little room. */
export function short(value) {
	if (value === null || value === undefined) {
		return '–'
	}
	for (const [limit, unit] of [[1e9, 'G'], [1e6, 'M'], [1e4, 'k']]) {
		if (Math.abs(value) >= limit) {
			return trimmed(value / (unit === 'k' ? 1e3 : limit)) + unit
		}
	}
	return whole.format(value)
}

/** Records in a second: 0, 0.4, 12, 1.3k. */
export function rate(value) {
	if (value === null || value === undefined) {
		return '–'
	}
	return value >= 10 ? short(Math.round(value)) : trimmed(value)
}

/** 0.25 -> 250 ms, 75 -> 1 min 15 s. */
export function seconds(value) {
	if (value < 1) {
		return `${Math.round(value * 1000)} ms`
	}
	if (value < 60) {
		return `${trimmed(value)} s`
	}
	if (value < 3600) {
		return `${Math.floor(value / 60)} min ${Math.floor(value % 60)} s`
	}
	return `${Math.floor(value / 3600)} h ${Math.floor(value % 3600 / 60)} min`
}

function trimmed(value) {
	return String(Math.round(value * 10) / 10)
}
