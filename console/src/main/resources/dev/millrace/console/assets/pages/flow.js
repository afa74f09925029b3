// Topics, what reads them, and what they become.

import { h, shallowRef, watch } from '../vendor/vue.js'
import { liveFlow } from '../lib/flow.js'
import { count, rate, short } from '../lib/format.js'
import { layout } from '../lib/graph.js'
import { errors, sparkline, stateBadge, subscriberTable } from '../lib/subscribers.js'
import { heading, notify, placeholder, staleness } from '../lib/ui.js'

const SIZES = { topic: [168, 54], subscriber: [236, 104], publisher: [168, 44] }

function node(kind, name, data) {
	return { id: `${kind} ${name}`, kind, name, data, width: SIZES[kind][0], height: SIZES[kind][1] }
}

/** The boxes and arrows of a flow. */
function graphOf({ topics, publishers, subscribers }) {
	const nodes = new Map()
	const edges = new Map()
	const add = (added) => nodes.set(added.id, added)
	const connect = (from, to, kind, data) => edges.set(`${from}→${to}`, { from, to, kind, ...data })
	topics.forEach((topic) => add(node('topic', topic.name, topic)))
	for (const subscriber of subscribers) {
		const { id } = node('subscriber', subscriber.id)
		add(node('subscriber', subscriber.id, subscriber))
		if (!subscriber.reads.length) {
			add(node('topic', subscriber.pattern, { name: subscriber.pattern, pattern: true }))
			connect(`topic ${subscriber.pattern}`, id, 'reads', { active: false })
		}
		subscriber.reads.forEach((topic) => connect(`topic ${topic}`, id, 'reads', { active: subscriber.rate > 0 }))
		subscriber.publishes.forEach((topic) => connect(id, `topic ${topic}`, 'publishes', { active: subscriber.rate > 0 }))
		subscriber.deadLetters.forEach((topic) => connect(id, `topic ${topic}`, 'letters', { active: false }))
	}
	for (const publisher of publishers) {
		add(node('publisher', publisher.name, publisher))
		connect(`publisher ${publisher.name}`, `topic ${publisher.topic}`, 'publishes', { active: false })
	}
	return { nodes: [...nodes.values()], edges: [...edges.values()] }
}

function figure(title, value, bad) {
	return h('div', { class: { bad } }, [h('dt', title), h('dd', value)])
}

const BOXES = {
	topic: ({ name, data }) => h('div', { class: ['node', 'topic', { pattern: data.pattern }] }, [
		h('strong', { title: name }, name),
		h('span', data.pattern ? 'no topic yet' : [
			data.rate !== null && data.rate !== undefined ? `${rate(data.rate)}/s` : '',
			data.partitions ? `${data.partitions} partition${data.partitions > 1 ? 's' : ''}` : 'not there yet'
		].filter(Boolean).join(' · '))
	]),
	publisher: ({ name }) => h('div', { class: 'node publisher' }, h('span', { title: name }, name)),
	subscriber: ({ name, data }) => h('a', { class: ['node', 'subscriber', data.state.toLowerCase()],
			href: `#/subscribers/${encodeURIComponent(name)}` }, [
		h('div', { class: 'title' }, [h('strong', { title: name }, name), stateBadge(data.state)]),
		h('dl', [
			figure('rec/s', rate(data.rate)),
			figure('lag', short(data.totalLag)),
			figure('in flight', short(data.inFlight)),
			figure('errors', short(errors(data)), errors(data) > 0)
		]),
		sparkline(data.history, 210, 20)
	])
}

const Graph = {
	props: ['flow'],
	setup(props) {
		const placed = shallowRef(null)
		let structure = null
		watch(() => props.flow, async (flow) => {
			const { nodes, edges } = graphOf(flow)
			const next = JSON.stringify([nodes.map(({ id }) => id), edges.map(({ from, to }) => [from, to])])
			if (next !== structure) {
				structure = next
				try {
					placed.value = await layout(nodes, edges)
				}
				catch (error) {
					notify(error.message, 'error')
				}
			}
		}, { immediate: true })
		return () => {
			const places = placed.value
			if (!places) {
				return h('div', { class: 'graph empty' })
			}
			const { nodes, edges } = graphOf(props.flow)
			const style = (place) => ({ left: `${place.left}px`, top: `${place.top}px`, width: `${place.width}px`,
				height: `${place.height}px` })
			return h('div', { class: 'graph', role: 'region', 'aria-label': 'Graph of the flow', tabindex: 0 },
				h('div', { class: 'canvas', style: { width: `${places.width}px`, height: `${places.height}px` } }, [
					h('svg', { width: places.width, height: places.height, 'aria-hidden': 'true' }, [
						h('defs', ['reads', 'publishes', 'letters'].map((kind) => h('marker', { id: `arrow-${kind}`,
								class: kind, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' },
								h('path', { d: 'M0,0.5 L7.5,4 L0,7.5 z' })))),
						edges.filter(({ from, to }) => places.edges.has(`${from}→${to}`)).map((edge) => h('path', {
							key: `${edge.from}→${edge.to}`, class: ['edge', edge.kind, { active: edge.active }],
							d: places.edges.get(`${edge.from}→${edge.to}`), 'marker-end': `url(#arrow-${edge.kind})`
						}))
					]),
					nodes.filter(({ id }) => places.nodes.has(id)).map((box) => h('div', { key: box.id, class: 'place',
							style: style(places.nodes.get(box.id)) }, BOXES[box.kind](box)))
				]))
		}
	}
}

function summary({ subscribers }) {
	const sum = (figure) => subscribers.reduce((total, subscriber) => total + (figure(subscriber) ?? 0), 0)
	const running = subscribers.filter(({ state }) => state === 'RUNNING').length
	return h('p', { class: 'summary' }, [
		`${running} of ${subscribers.length} subscribers running`,
		`${rate(sum(({ rate: records }) => records))} records/s`,
		`lag ${count(sum(({ totalLag }) => totalLag))}`,
		`${count(sum(({ inFlight }) => inFlight))} in flight`,
		`${count(sum(errors))} errors`
	].join(' · '))
}

export default {
	path: 'flow',
	title: 'Flow',
	component: {
		setup() {
			const flow = liveFlow()
			return () => h('section', { class: 'flow' }, [
				heading('Flow', flow.data ? summary(flow.data) : null),
				flow.data ? [
					staleness(flow),
					h(Graph, { flow: flow.data }),
					subscriberTable(flow.data.subscribers)
				] : placeholder(flow)
			])
		}
	}
}
