// How subscribers are shown wherever they are.

import { h } from '../vendor/vue.js'
import { count, rate, seconds } from './format.js'
import { badge, table } from './ui.js'

const STATES = {
	RUNNING: ['running', 'ok'],
	JOINING: ['joining', 'warn'],
	PAUSED: ['paused', 'warn'],
	STOPPED: ['stopped', null],
	FAILED: ['failed', 'error']
}

export function stateBadge(state) {
	return badge(...STATES[state])
}

// Names of groups may be long; all of it is there to be read and copied.
function clipped(text) {
	return h('span', { class: 'clipped', title: text }, text)
}

export function subscriberLink(id) {
	return h('a', { href: `#/subscribers/${encodeURIComponent(id)}` }, id)
}

/** What needs somebody to look at it. */
export function errors(subscriber) {
	return subscriber.counts['dead-lettered'] + subscriber.counts['dead-letter-failed'] + subscriber.counts.dropped
}

export function subscriberTable(subscribers) {
	const outcome = (name, title = name) => ({ title, numeric: true,
		cell: (row) => h('span', { class: row.counts[name] && name !== 'retried' ? 'bad' : null }, count(row.counts[name])) })
	return table('Subscribers', [
		{ title: 'Subscriber', header: true, cell: (row) => subscriberLink(row.id) },
		{ title: 'State', cell: (row) => stateBadge(row.state) },
		{ title: 'Reads', cell: (row) => clipped(row.pattern ?? row.reads.join(', ')) },
		{ title: 'Group', cell: (row) => clipped(row.group) },
		{ title: 'Rec/s', numeric: true, cell: (row) => rate(row.rate) },
		{ title: 'Lag', numeric: true, cell: (row) => count(row.totalLag) },
		{ title: 'In flight', numeric: true, cell: (row) => count(row.inFlight) },
		{ title: 'Processed', numeric: true, cell: (row) => count(row.counts.processed) },
		outcome('failed'),
		outcome('retried'),
		outcome('dead-lettered', 'dead letters'),
		{ title: 'Oldest', numeric: true, cell: (row) => row.oldest
				? h('span', { title: `${row.oldest.record}, attempt ${row.oldest.attempt}` }, seconds(row.oldest.seconds)) : '–' }
	], subscribers, { key: (row) => row.id, empty: 'The application has no subscribers.' })
}

/** Line of the last minute. */
export function sparkline(values, width = 88, height = 22) {
	const top = Math.max(...values, 1)
	const points = values.map((value, index) =>
		`${(width - (values.length - 1 - index) * width / 59).toFixed(1)},${(height - 2 - value / top * (height - 4)).toFixed(1)}`)
	return h('svg', { class: 'sparkline', width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' },
			h('polyline', { points: points.join(' ') }))
}
