// Page Dead letters: what has failed for good, by subscriber and exception, and having it handled again.

import { h } from '../vendor/vue.js'
import { get, post } from '../lib/api.js'
import { count, rate, seconds } from '../lib/format.js'
import { live } from '../lib/live.js'
import { instant, RecordTable, time } from '../lib/records.js'
import { ActionButton, attempt, badge, confirm, heading, placeholder, refusal, session, staleness, table } from '../lib/ui.js'

const STATES = { RUNNING: ['running', null], DONE: ['done', 'ok'], CANCELLED: ['cancelled', 'warn'], FAILED: ['failed', 'error'] }

/** dev.millrace.Some$OtherException -> OtherException */
function simple(exception) {
	return exception ? exception.replace(/^.*[.$]/, '') : 'not said'
}

function exceptionName(exception) {
	return h('code', { title: exception }, simple(exception))
}

function address(subscriber, exception) {
	const query = exception ? `?${new URLSearchParams({ exception })}` : ''
	return `#/dead-letters/${encodeURIComponent(subscriber)}${query}`
}

function sum(groups, name) {
	return groups.reduce((total, group) => total + group[name], 0)
}

/** Replay: how far it is, how fast it goes. The rate is that of the last seconds. */
const ReplayProgress = {
	props: ['replay', 'subject'],
	data: () => ({ samples: [] }),
	watch: {
		replay: {
			immediate: true,
			handler(replay) {
				this.samples = [...this.samples.slice(-10), { at: performance.now(), replayed: replay.replayed }]
			}
		}
	},
	computed: {
		rate() {
			const { replay, samples } = this
			if (replay.ended) {
				const time = (new Date(replay.ended) - new Date(replay.began)) / 1000
				return time > 0 ? replay.replayed / time : null
			}
			const [first, last] = [samples[0], samples[samples.length - 1]]
			return last.at > first.at ? (last.replayed - first.replayed) * 1000 / (last.at - first.at) : null
		}
	},
	methods: {
		cancel() {
			return attempt(() => post('dead-letters/cancel', { replay: this.replay.id }), 'The replay is being cancelled')
		}
	},
	render() {
		const { replay } = this
		const [word, kind] = STATES[replay.state]
		const running = replay.state === 'RUNNING'
		const left = running && this.rate > 0 ? (replay.total - replay.replayed) / this.rate : null
		const figures = [
			`${count(replay.replayed)} of ${count(replay.total)}`,
			this.rate === null ? null : `${rate(this.rate)}/s`,
			left === null ? null : `${seconds(left)} left`,
			replay.exhausted ? `${count(replay.exhausted)} left out, replayed too often` : null,
			replay.by ? `by ${replay.by}` : null,
			running ? null : time(replay.ended)
		].filter(Boolean)
		return h('div', { class: ['replay', replay.state.toLowerCase()], 'data-replay': replay.id, 'data-state': replay.state }, [
			h('div', { class: 'replay-line' }, [
				badge(word, kind),
				this.subject ? h('a', { href: address(replay.subscriber) }, replay.subscriber) : null,
				h('span', { class: 'replay-figures' }, figures.join(' · ')),
				running ? h(ActionButton, { label: 'Cancel', action: this.cancel, describe: 'What is replayed stays replayed' }) : null
			]),
			h('progress', { value: replay.replayed, max: Math.max(replay.total, 1),
				'aria-label': `Replay of ${replay.subscriber}` }),
			replay.problem ? h('p', { class: 'hint error' }, replay.problem) : null
		])
	}
}

const Overview = {
	setup: () => ({
		subscribers: live(() => get('dead-letters'), 60_000),
		replays: live(() => get('dead-letters/replays'), 1000)
	}),
	data: () => ({ groups: {}, errors: {} }),
	watch: {
		'subscribers.data': 'loadGroups'
	},
	methods: {
		// One after the other: each is a look through topics.
		async loadGroups() {
			for (const { id } of this.subscribers.data ?? []) {
				try {
					this.groups[id] = await get('dead-letters/groups', { subscriber: id })
				}
				catch (error) {
					this.errors[id] = error.message
				}
			}
		},
		rows() {
			return this.subscribers.data.flatMap(({ id, reads }) => {
				const groups = this.groups[id]
				return groups?.length ? groups.map((group) => ({ id, reads, group })) : [{ id, reads, group: null }]
			})
		}
	},
	render() {
		if (!this.subscribers.data) {
			return [heading('Dead letters'), placeholder(this.subscribers)]
		}
		const known = Object.values(this.groups).flat()
		const rows = this.rows().sort((a, b) => (b.group?.open ?? -1) - (a.group?.open ?? -1))
		const when = (row, name) => row.group ? h('span', { class: 'time' }, time(row.group[name])) : '–'
		return [
			heading('Dead letters', h('span', { class: 'figure' }, `${count(sum(known, 'open'))} open`)),
			staleness(this.subscribers),
			(this.replays.data ?? []).filter((replay) => replay.state === 'RUNNING')
				.map((replay) => h(ReplayProgress, { key: replay.id, replay, subject: true })),
			table('Dead letters by subscriber and exception', [
				{ title: 'Subscriber', header: true, cell: (row) => h('a', { href: address(row.id) }, row.id) },
				{ title: 'Reads', cell: (row) => row.reads },
				{ title: 'Exception', cell: (row) => row.group ? h('a', { href: address(row.id, row.group.exception) }, exceptionName(row.group.exception))
					: this.errors[row.id] ?? (this.groups[row.id] ? h('span', { class: 'nothing' }, 'none') : h('span', { class: 'nothing' }, 'counting…')) },
				{ title: 'Open', numeric: true, cell: (row) => row.group ? count(row.group.open) : '–' },
				{ title: 'Replayed', numeric: true, cell: (row) => row.group ? count(row.group.replayed) : '–' },
				{ title: 'First', cell: (row) => when(row, 'first') },
				{ title: 'Last', cell: (row) => when(row, 'last') }
			], rows, { key: (row) => `${row.id} ${row.group?.exception}`, empty: 'No subscriber has dead letters' })
		]
	}
}

const Subscriber = {
	props: ['id', 'query'],
	setup: (props) => ({
		subscribers: live(() => get('dead-letters'), 60_000),
		groups: live(() => get('dead-letters/groups', { subscriber: props.id }), 5000),
		replays: live(() => get('dead-letters/replays'), 500),
		log: live(() => get('dead-letters/log', { subscriber: props.id }), 5000)
	}),
	data() {
		return {
			filter: { exception: this.query.exception ?? '', key: '', from: '', to: '', replayed: false },
			asked: {}, letters: [], next: null, busy: false, error: null, chosen: [],
			order: { target: 'TOPIC', rate: '100', maxReplays: '3' }
		}
	},
	mounted() {
		this.find()
	},
	watch: {
		'query.exception'(exception) {
			this.filter.exception = exception ?? ''
			this.find()
		},
		// What a replay has done is seen when it has ended.
		running(running) {
			if (!running) {
				this.groups.reload()
				this.log.reload()
				this.find()
			}
		}
	},
	computed: {
		own() {
			return (this.replays.data ?? []).filter((replay) => replay.subscriber === this.id)
		},
		running() {
			return this.own.some((replay) => replay.state === 'RUNNING')
		},
		open() {
			return this.groups.data ? sum(this.groups.data, 'open') : null
		}
	},
	methods: {
		conditions() {
			const { exception, key, from, to } = this.filter
			return { exception: exception || null, key: key || null, from: instant(from), to: instant(to) }
		},
		async find() {
			if (session.refusedContents) {
				return
			}
			this.asked = { ...this.conditions(), replayed: this.filter.replayed ? 'true' : null }
			this.letters = []
			this.chosen = []
			this.next = null
			await this.load()
		},
		async load() {
			const asked = this.asked
			this.busy = true
			this.error = null
			try {
				const page = await get('dead-letters/find', { subscriber: this.id, ...asked, after: this.next })
				if (asked === this.asked) {
					this.letters.push(...page.letters)
					this.next = page.next
				}
			}
			catch (error) {
				this.error = error.message
			}
			this.busy = false
		},
		async replay(conditions, what) {
			const { target, rate, maxReplays } = this.order
			const where = target === 'TOPIC' ? 'to the topic that each came from' : 'straight to the handler'
			if (!await confirm(`Replay ${what}?`, `They go ${where}${rate ? `, ${rate} in a second at most` : ', as fast as they can'}. `
					+ 'None of them is replayed twice.', 'Replay')) {
				return
			}
			await attempt(() => post('dead-letters/replay', {}, { subscriber: this.id, ...conditions, target,
				rate: rate ? Number(rate) : null, maxReplays: maxReplays ? Number(maxReplays) : null }), 'The replay has begun')
			await this.replays.reload()
		},
		choose(position, chosen) {
			this.chosen = chosen ? [...this.chosen, position] : this.chosen.filter((other) => other !== position)
		},
		field(model, label, name, attributes) {
			return h('label', [h('span', label), h('input', { ...attributes, value: model[name],
				onInput: (event) => { model[name] = event.target.value } })])
		},
		renderGroups() {
			const groups = this.groups.data
			if (!groups) {
				return placeholder(this.groups)
			}
			const item = (label, exception, open) => h('li', h('a', { href: address(this.id, exception),
				'aria-current': (this.query.exception ?? null) === (exception ?? null) ? 'true' : null }, [label, ' ', h('b', count(open))]))
			return h('ul', { class: 'chips', 'aria-label': 'Exceptions' }, [item('All', null, this.open),
				...groups.filter((group) => group.exception).map((group) => item(exceptionName(group.exception), group.exception, group.open))])
		},
		renderFilter() {
			return h('form', { class: 'row', onSubmit: (event) => { event.preventDefault(); this.find() } }, [
				this.field(this.filter, 'Exception or message contains', 'exception', { type: 'search' }),
				this.field(this.filter, 'Key', 'key', { type: 'search' }),
				this.field(this.filter, 'From', 'from', { type: 'datetime-local', step: 1 }),
				this.field(this.filter, 'To', 'to', { type: 'datetime-local', step: 1 }),
				h('label', { class: 'check' }, [h('input', { type: 'checkbox', checked: this.filter.replayed,
					onChange: (event) => { this.filter.replayed = event.target.checked } }), h('span', 'Replayed ones too')]),
				h('button', { type: 'submit', 'aria-busy': this.busy }, 'Filter')
			])
		},
		renderOrder() {
			const direct = this.subscribers.data?.find((each) => each.id === this.id)?.direct
			const filtered = Object.values(this.conditions()).some((each) => each !== null)
			const chosen = this.chosen.length
			return h('section', { class: 'panel', 'aria-label': 'Replay' }, [
				h('h2', 'Replay'),
				refusal(),
				h('div', { class: 'row' }, [
					h('label', [h('span', 'To'), h('select', { value: this.order.target, onChange: (event) => { this.order.target = event.target.value } }, [
						h('option', { value: 'TOPIC' }, 'the original topic'),
						h('option', { value: 'HANDLER', disabled: direct === false }, 'the handler directly')
					])]),
					this.field(this.order, 'Per second at most', 'rate', { type: 'number', min: 0.1, step: 'any', placeholder: 'no limit' }),
					this.field(this.order, 'Replays per record at most', 'maxReplays', { type: 'number', min: 1 }),
					h(ActionButton, { label: chosen ? `Replay selected (${count(chosen)})` : 'Replay selected', disabled: !chosen,
						action: () => this.replay({ positions: this.chosen }, `${count(chosen)} selected dead letter${chosen === 1 ? '' : 's'}`) }),
					h(ActionButton, { label: filtered ? 'Replay all that match' : 'Replay all', kind: 'primary', disabled: !this.open,
						action: () => this.replay(this.conditions(), filtered ? 'all dead letters that match the filter' : `all ${count(this.open)} dead letters`) })
				]),
				this.own.slice(0, 5).map((replay) => h(ReplayProgress, { key: replay.id, replay }))
			])
		},
		renderLetters() {
			const open = this.letters.filter((letter) => !letter.replayed)
			const all = open.length > 0 && open.every((letter) => this.chosen.includes(letter.position))
			return [
				h('label', { class: 'check' }, [h('input', { type: 'checkbox', checked: all, disabled: !open.length,
					onChange: (event) => { this.chosen = event.target.checked ? open.map((letter) => letter.position) : [] } }),
					h('span', `Select all ${count(open.length)} shown`)]),
				h(RecordTable, { caption: `Dead letters of ${this.id}`, rows: this.letters, id: (letter) => letter.position,
					record: (letter) => letter.record, empty: this.busy ? 'Looking…' : 'No dead letter',
					more: (letter) => h('dl', { class: 'properties' }, [
						h('div', [h('dt', 'Failed as'), h('dd', h('code', letter.origin))]),
						h('div', [h('dt', 'Exception'), h('dd', h('code', letter.exception ?? 'not said'))]),
						h('div', [h('dt', 'Reason'), h('dd', letter.reason ?? 'not said')])
					]),
					columns: [
						{ title: 'Select', cell: (letter) => letter.replayed ? badge('replayed', 'ok') : h('input', { type: 'checkbox',
							'aria-label': `Select ${letter.position}`, checked: this.chosen.includes(letter.position),
							onChange: (event) => this.choose(letter.position, event.target.checked) }) },
						{ title: 'Failed', cell: (letter) => h('span', { class: 'time' }, time(letter.record.time)) },
						{ title: 'Record', cell: (letter) => h('code', letter.origin) },
						{ title: 'Exception', cell: (letter) => exceptionName(letter.exception) },
						{ title: 'Replays', numeric: true, cell: (letter) => letter.replays }
					] }),
				this.next ? h('div', { class: 'more' }, h('button', { type: 'button', 'aria-busy': this.busy, onClick: () => this.load() }, 'More')) : null
			]
		},
		renderLog() {
			return h('section', { class: 'log' }, [
				h('h2', 'Log of replays'),
				table('Log of replays', [
					{ title: 'Begun', header: true, cell: (replay) => h('span', { class: 'time' }, time(replay.first)) },
					{ title: 'Last', cell: (replay) => h('span', { class: 'time' }, time(replay.last)) },
					{ title: 'By', cell: (replay) => replay.by ?? h('span', { class: 'nothing' }, 'not known') },
					{ title: 'To', cell: (replay) => replay.handler ? 'handler' : 'topic' },
					{ title: 'Replayed', numeric: true, cell: (replay) => count(replay.letters) },
					{ title: 'Id', cell: (replay) => h('code', replay.id) }
				], this.log.data ?? [], { key: (replay) => replay.id, empty: this.log.data ? 'Nothing was replayed' : 'Loading…' })
			])
		}
	},
	render() {
		return [
			heading(`Dead letters of ${this.id}`, this.open === null ? null : h('span', { class: 'figure' }, `${count(this.open)} open`)),
			h('p', { class: 'back' }, h('a', { href: '#/dead-letters' }, 'All subscribers')),
			staleness(this.replays),
			this.renderGroups(),
			this.renderOrder(),
			session.refusedContents ? h('p', { class: 'hint' }, session.refusedContents) : h('section', [
				this.renderFilter(),
				this.error ? h('p', { class: 'hint error', role: 'alert' }, this.error) : null,
				this.renderLetters()
			]),
			this.renderLog()
		]
	}
}

export default {
	path: 'dead-letters',
	title: 'Dead letters',
	component: {
		props: ['path', 'query'],
		render() {
			return this.path.length ? h(Subscriber, { id: this.path[0], query: this.query }) : h(Overview)
		}
	}
}
