// All subscribers, and one of them: what it does, where it is, what it is set up for, and what it can be told to do.

import { h, reactive } from '../vendor/vue.js'
import { get, post } from '../lib/api.js'
import { liveFlow } from '../lib/flow.js'
import { count, seconds } from '../lib/format.js'
import { live } from '../lib/live.js'
import { stateBadge, subscriberTable } from '../lib/subscribers.js'
import { ActionButton, attempt, badge, confirm, heading, placeholder, refusal, session, staleness, table } from '../lib/ui.js'

const List = {
	setup() {
		const flow = liveFlow()
		return () => h('section', [
			heading('Subscribers'),
			flow.data ? [staleness(flow), subscriberTable(flow.data.subscribers)] : placeholder(flow)
		])
	}
}

function stateOf({ running, paused }) {
	return running ? (paused ? 'PAUSED' : 'RUNNING') : 'STOPPED'
}

function figures({ details: { state }, inFlight }) {
	const figure = (title, value, bad) => h('div', { class: { bad } }, [h('dt', title), h('dd', value)])
	return h('dl', { class: 'figures' }, [
		figure('In flight', count(inFlight)),
		figure('Lanes with work', count(state.lanes)),
		...Object.entries(state.counts).map(([outcome, number]) => figure(outcome.replaceAll('-', ' '), count(number),
				number > 0 && !['processed', 'retried', 'skipped'].includes(outcome)))
	])
}

function oldest({ details: { state: { oldestUnfinished: record } }, ageSeconds }) {
	return h('p', { class: 'oldest' }, record ? [
		'The oldest unfinished record is ',
		h('code', `${record.topic}-${record.partition}@${record.offset}`),
		record.key === null ? null : [' with the key ', h('code', record.key)],
		`: attempt ${record.attempt}, ${seconds(ageSeconds)} since the first. Nothing behind it is committed.`
	] : 'All records that were polled are finished.')
}

function partitions({ details, windows }) {
	const rows = new Map()
	const at = (topic, partition) => {
		const name = `${topic}-${partition}`
		if (!rows.has(name)) {
			rows.set(name, { name })
		}
		return rows.get(name)
	}
	details.partitions?.forEach((state) => Object.assign(at(state.topic, state.partition), { state }))
	windows.forEach((window) => Object.assign(at(window.topic, window.partition), { window }))
	return table('Partitions', [
		{ title: 'Partition', header: true, cell: ({ name }) => name },
		{ title: 'Committed', numeric: true, cell: ({ state }) => count(state?.committed) },
		{ title: 'End', numeric: true, cell: ({ state }) => count(state?.end) },
		{ title: 'Lag', numeric: true, cell: ({ state }) => count(state?.lag) },
		{ title: 'Window', cell: ({ window }) => window ? bar(window) : h('span', { class: 'hint' }, 'nothing polled here') },
		{ title: 'Unfinished', numeric: true, cell: ({ window }) => count(window?.unfinished) },
		{ title: 'Fetching', cell: ({ window }) => window?.paused ? badge('held back', 'warn') : window ? 'yes' : '–' }
	], [...rows.values()], { key: ({ name }) => name,
		empty: details.partitions ? 'Nothing was polled or committed yet.' : 'The brokers do not answer.' })
}

// Finished records wait for those before them, or for the commit; the others run or wait.
function bar({ size, unfinished, high }) {
	const part = (number) => `${Math.min(100, number * 100 / high)}%`
	return h('div', { class: 'window', role: 'img', 'aria-label': `${size} of ${high} records in the window, ${unfinished} unfinished`,
			title: `${size} of ${high}: ${unfinished} unfinished, ${size - unfinished} finished and not yet committed` }, [
		h('div', { class: 'track' }, [
			h('div', { class: 'unfinished', style: { width: part(unfinished) } }),
			h('div', { class: 'finished', style: { width: part(Math.max(0, size - unfinished)) } })
		]),
		h('span', `${count(size)} / ${count(high)}`)
	])
}


function handlers(details) {
	return h('ul', { class: 'plain' }, details.handlers.map((handler) => h('li', [
		h('code', handler.method),
		handler.filter ? [' takes ', h('code', handler.filter)] : null,
		handler.publishers.map(({ topic, key }) => [' → ', h('strong', topic), key ? [' with the key ', h('code', key)] : null])
	])))
}

function settings(details) {
	return table('Settings', [
		{ title: 'Setting', header: true, cell: ({ name }) => h('code', name) },
		{ title: 'Value', cell: ({ value }) => value === null ? h('span', { class: 'hint' }, 'not set') : h('code', value) },
		{ title: 'From', cell: ({ source }) => h('span', { class: source === 'default' ? 'hint' : null }, source) }
	], details.settings, { key: ({ name }) => name })
}

const Controls = {
	props: ['view', 'changed'],
	setup(props) {
		const { state } = props.view.details
		const limits = reactive({ concurrency: state.concurrency, maxRate: state.maxRate ?? '' })
		const seek = reactive({ to: 'BEGINNING', partition: '', offset: '', time: '' })
		const id = () => props.view.details.id

		const act = (body, done) => attempt(async () => props.changed(await post('subscriber/act', { id: id() }, body)), done)
		const button = (label, action, kind) => h(ActionButton, { label, action, kind })

		async function stop() {
			if (await confirm(`Stop ${id()}?`, 'Records that run come to their end, and others of the group take over its '
					+ 'partitions, if there are any. It stays stopped until it is started here or the application is.', 'Stop')) {
				await act({ action: 'STOP' }, `${id()} has stopped`)
			}
		}

		function target() {
			switch (seek.to) {
				case 'BEGINNING': return [{ action: 'SEEK_TO_BEGINNING' }, 'All records of its partitions here are handled again.']
				case 'END': return [{ action: 'SEEK_TO_END' }, 'All records of its partitions here that are not handled are skipped.']
				case 'TIME': return [{ action: 'SEEK', time: new Date(seek.time).toISOString() },
					`It goes on with the first record of ${seek.time.replace('T', ' ')} or later in each of its partitions here.`]
				default: {
					const [, topic, partition] = /^(.*)-(\d+)$/.exec(seek.partition)
					return [{ action: 'SEEK', topic, partition: Number(partition), offset: Number(seek.offset) },
						`It goes on with the record at ${seek.partition}@${seek.offset}.`]
				}
			}
		}

		async function go() {
			const [body, text] = target()
			if (await confirm(`Go on elsewhere?`, text, 'Go on there')) {
				await act(body, `${id()} goes on there`)
			}
		}

		const ready = () => seek.to === 'TIME' ? Boolean(seek.time) : seek.to !== 'OFFSET' || (seek.partition && seek.offset !== '')

		const change = () => attempt(async () => props.changed(await post('subscriber/limits', { id: id() },
				{ concurrency: Number(limits.concurrency), maxRate: Number(limits.maxRate || 0) })), 'Changed')

		const input = (label, object, name, attributes) => h('label', [h('span', label), h('input', { ...attributes,
			value: object[name], onInput: (event) => { object[name] = event.target.value } })])

		const choice = (label, object, name, options) => h('label', [h('span', label), h('select', { value: object[name],
			onChange: (event) => { object[name] = event.target.value } },
			options.map(([value, text]) => h('option', { value }, text)))])

		return () => {
			const now = props.view.details.state
			const known = [...new Set([...(props.view.details.partitions ?? []), ...props.view.windows]
				.map(({ topic, partition }) => `${topic}-${partition}`))]
			return h('div', { class: 'controls' }, [
				refusal(),
				h('div', { class: 'row' }, [
					// The same two buttons all the time, so that the focus stays where it is
					now.running ? button('Stop…', stop)
						: button('Start', () => act({ action: 'START' }, `${id()} was started`), 'primary'),
					now.paused ? button('Resume', () => act({ action: 'RESUME' }, `${id()} goes on`), 'primary')
						: button('Pause', () => act({ action: 'PAUSE' }, `${id()} fetches nothing more`))
				]),
				h('form', { class: 'row', onSubmit: (event) => event.preventDefault() }, [
					input('Concurrency', limits, 'concurrency', { type: 'number', min: 1, step: 1 }),
					input('Records/s at most', limits, 'maxRate', { type: 'number', min: 0, step: 'any', placeholder: 'no limit' }),
					h(ActionButton, { label: 'Change', action: change })
				]),
				h('form', { class: 'row', onSubmit: (event) => event.preventDefault() }, [
					choice('Go on', seek, 'to', [['BEGINNING', 'at the beginning'], ['END', 'at the end'], ['TIME', 'at a time'],
						['OFFSET', 'at an offset']]),
					seek.to === 'TIME' ? input('Time', seek, 'time', { type: 'datetime-local', step: 1 }) : null,
					seek.to === 'OFFSET' ? [
						choice('Partition', seek, 'partition', [['', 'choose'], ...known.map((name) => [name, name])]),
						input('Offset', seek, 'offset', { type: 'number', min: 0, step: 1 })
					] : null,
					h(ActionButton, { label: 'Seek…', action: go, disabled: !ready() || !now.running,
						describe: now.running ? null : 'Start it first' })
				]),
				h('p', { class: 'hint' }, 'Changes last until the application ends, and concern this instance.')
			])
		}
	}
}

const Detail = {
	props: ['id'],
	setup(props) {
		// The same, with or without the key of the oldest record
		const view = live(() => get(session.refusedContents ? 'subscriber' : 'subscriber/contents', { id: props.id }))
		return () => {
			if (!view.data) {
				return h('section', [heading(props.id), placeholder(view)])
			}
			const { details } = view.data
			return h('section', { class: 'subscriber' }, [
				heading(props.id, stateBadge(stateOf(details.state))),
				staleness(view),
				h('p', { class: 'facts' }, [
					'reads ', h('strong', details.reads), ' in the group ', h('strong', details.groupId)
				]),
				h('div', { class: 'columns' }, [
					h('div', { class: 'panel' }, [figures(view.data), oldest(view.data)]),
					h('div', { class: 'panel' }, h(Controls, { view: view.data, changed: (data) => { view.data = data } }))
				]),
				h('h2', 'Partitions'),
				partitions(view.data),
				h('h2', 'Handlers'),
				h('div', { class: 'panel' }, handlers(details)),
				h('h2', 'Settings'),
				settings(details)
			])
		}
	}
}

export default {
	path: 'subscribers',
	title: 'Subscribers',
	component: {
		props: ['path', 'query'],
		render() {
			return this.path.length ? h(Detail, { id: this.path[0] }) : h(List)
		}
	}
}
