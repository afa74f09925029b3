// Page Topics: the topics that the application knows, and the records in one of them.

import { h } from '../vendor/vue.js'
import { get } from '../lib/api.js'
import { count } from '../lib/format.js'
import { live } from '../lib/live.js'
import { instant, place, RecordTable, time } from '../lib/records.js'
import { badge, heading, placeholder, session, staleness, table } from '../lib/ui.js'

const USES = { READ: 'read by', WRITTEN: 'written by', RETRIES: 'retries of', DEAD_LETTERS: 'dead letters of' }

const KINDS = { RETRIES: 'warn', DEAD_LETTERS: 'error' }

const STARTS = { newest: 'Newest first', oldest: 'From the beginning', offset: 'From an offset', time: 'From a time' }

function uses(topic) {
	return h('ul', { class: 'uses' }, topic.uses.map((use) =>
		h('li', [badge(USES[use.kind], topic.records ? KINDS[use.kind] : null), ' ', use.by])))
}

function link(topic) {
	return h('a', { href: `#/topics/${encodeURIComponent(topic.name)}` }, topic.name)
}

const Topics = {
	setup: () => ({ state: live(() => get('topics'), 5000) }),
	data: () => ({ filter: '' }),
	render() {
		if (!this.state.data) {
			return [heading('Topics'), placeholder(this.state)]
		}
		const text = this.filter.toLowerCase()
		const topics = this.state.data.filter((topic) => topic.name.toLowerCase().includes(text)
				|| topic.uses.some((use) => use.by.toLowerCase().includes(text)))
		return [
			heading('Topics', h('label', { class: 'search' }, [h('span', { class: 'hidden' }, 'Filter'), h('input', {
				type: 'search', placeholder: 'Filter', value: this.filter, onInput: (event) => { this.filter = event.target.value }
			})])),
			staleness(this.state),
			table('Topics of the application', [
				{ title: 'Topic', header: true, cell: (topic) => topic.exists ? link(topic) : [topic.name, ' ', badge('missing', 'warn')] },
				{ title: 'Used', cell: uses },
				{ title: 'Partitions', numeric: true, cell: (topic) => count(topic.partitions.length) },
				{ title: 'Records', numeric: true, cell: (topic) => count(topic.records) }
			], topics, { key: (topic) => topic.name, empty: 'No topic' }),
			h('p', { class: 'hint' }, 'Records are offsets that the broker has: markers of transactions and what was compacted away count too.')
		]
	}
}

const Topic = {
	props: ['name', 'query'],
	setup: () => ({ state: live(() => get('topics'), 5000) }),
	data() {
		return {
			search: { partition: this.query.partition ?? '', start: this.query.start ?? 'newest', offset: this.query.offset ?? '',
				time: '', text: this.query.text ?? '', limit: '50' },
			asked: null, records: [], next: null, read: 0, late: false, busy: false, error: null
		}
	},
	mounted() {
		if (!session.refusedContents) {
			this.look()
		}
	},
	methods: {
		async look() {
			this.asked = { topic: this.name, ...this.search, time: this.search.start === 'time' ? instant(this.search.time) : null,
				offset: this.search.start === 'offset' ? this.search.offset : null }
			this.records = []
			this.next = null
			this.read = 0
			await this.load()
		},
		async load() {
			const asked = this.asked
			this.busy = true
			this.error = null
			try {
				const page = await get('topics/records', { ...asked, after: this.next })
				if (asked === this.asked) {
					this.records.push(...page.records)
					this.next = page.next
					this.late = page.late
					this.read += page.read
				}
			}
			catch (error) {
				this.error = error.message
			}
			this.busy = false
		},
		field(label, name, attributes) {
			return h('label', [h('span', label), h('input', { ...attributes, value: this.search[name],
				onInput: (event) => { this.search[name] = event.target.value } })])
		},
		select(label, name, options) {
			return h('label', [h('span', label), h('select', { value: this.search[name],
				onChange: (event) => { this.search[name] = event.target.value } },
				options.map(([value, text]) => h('option', { value }, text)))])
		},
		renderForm(topic) {
			const partitions = (topic?.partitions ?? []).map((each) => [String(each.partition), String(each.partition)])
			return h('form', { class: 'row', onSubmit: (event) => { event.preventDefault(); this.look() } }, [
				this.select('Partition', 'partition', [['', 'all'], ...partitions]),
				this.select('Begin', 'start', Object.entries(STARTS)),
				this.search.start === 'offset' ? this.field('Offset', 'offset', { type: 'number', min: 0, required: true }) : null,
				this.search.start === 'time' ? this.field('Time', 'time', { type: 'datetime-local', step: 1, required: true }) : null,
				this.field('Key or value contains', 'text', { type: 'search' }),
				this.select('Page', 'limit', ['10', '50', '100', '200'].map((each) => [each, each])),
				h('button', { type: 'submit', class: 'primary', 'aria-busy': this.busy }, 'Look')
			])
		},
		renderRecords() {
			return [
				h(RecordTable, { caption: `Records of ${this.name}`, rows: this.records, record: (record) => record, id: place,
					empty: this.busy ? 'Looking…' : 'No record', columns: [
						{ title: 'Partition', numeric: true, cell: (record) => record.partition },
						{ title: 'Offset', numeric: true, cell: (record) => record.offset },
						{ title: 'Time', cell: (record) => h('span', { class: 'time' }, time(record.time)) }
					] }),
				h('div', { class: 'more' }, [
					this.next ? h('button', { type: 'button', 'aria-busy': this.busy, onClick: () => this.load() },
							this.asked.start === 'newest' ? 'Older' : 'Later') : null,
					h('span', { class: 'hint', role: 'status' }, `${count(this.records.length)} shown of ${count(this.read)} looked at`
							+ (this.late ? '; the search was given up after 5 s, go on with it' : ''))
				])
			]
		}
	},
	render() {
		const topic = this.state.data?.find((each) => each.name === this.name)
		return [
			heading(this.name, topic ? uses(topic) : null),
			h('p', { class: 'back' }, h('a', { href: '#/topics' }, 'All topics')),
			staleness(this.state),
			topic ? h('details', { class: 'ranges' }, [
				h('summary', `${count(topic.partitions.length)} partitions, ${count(topic.records)} records`),
				table('Partitions', [
					{ title: 'Partition', numeric: true, cell: (each) => each.partition },
					{ title: 'First offset', numeric: true, cell: (each) => count(each.begin) },
					{ title: 'Next offset', numeric: true, cell: (each) => count(each.end) },
					{ title: 'Records', numeric: true, cell: (each) => count(each.end - each.begin) }
				], topic.partitions, { key: (each) => each.partition })
			]) : null,
			session.refusedContents ? h('p', { class: 'hint' }, session.refusedContents) : [
				this.renderForm(topic),
				this.error ? h('p', { class: 'hint error', role: 'alert' }, this.error) : null,
				this.renderRecords()
			]
		]
	}
}

export default {
	path: 'topics',
	title: 'Topics',
	component: {
		props: ['path', 'query'],
		render() {
			return this.path.length ? h(Topic, { name: this.path[0], query: this.query }) : h(Topics)
		}
	}
}
