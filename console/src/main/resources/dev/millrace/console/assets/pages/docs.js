// Page Docs: the AsyncAPI document of the application.

import { h } from '../vendor/vue.js'
import { get } from '../lib/api.js'
import { live } from '../lib/live.js'
import { block } from '../lib/records.js'
import { example, plain, refName, resolve, rules, typeName, typeOf } from '../lib/schema.js'
import { badge, heading, placeholder, staleness } from '../lib/ui.js'

const ACTIONS = { receive: 'ok', send: 'warn' }

function download(name, text, type) {
	const link = Object.assign(document.createElement('a'), { download: name, href: URL.createObjectURL(new Blob([text], { type })) })
	link.click()
	URL.revokeObjectURL(link.href)
}

function anchor(kind, name) {
	return `docs-${kind}-${name}`.replace(/[^A-Za-z0-9-]/g, '_')
}

function jump(id) {
	return (event) => {
		event.preventDefault()
		const target = document.getElementById(id)
		target?.scrollIntoView({ block: 'start' })
		target?.focus({ preventScroll: true })
	}
}

function jumpLink(kind, name, text = name) {
	return h('a', { href: `#/docs/${kind}/${encodeURIComponent(name)}`, onClick: jump(anchor(kind, name)) }, text)
}

/** Fields of a schema, with those of objects in it. Named schemas are linked. */
function fields(document, node, depth = 0) {
	const { schema } = plain(document, node)
	return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
		const inner = plain(document, property)
		const named = refName(property) ?? refName(inner.schema.items)
		const row = h('tr', { key: `${depth} ${name}` }, [
			h('th', { scope: 'row', class: `depth-${Math.min(depth, 5)}` }, [h('code', name),
				schema.required?.includes(name) ? h('span', { class: 'required', title: 'required' }, ' *') : null]),
			h('td', named && document.components?.schemas?.[named] ? jumpLink('schema', named, typeName(document, property)) : typeName(document, property)),
			h('td', [inner.schema.description, inner.schema.description && rules(inner.schema) ? h('br') : null, rules(inner.schema)])
		])
		return named || depth > 4 ? [row] : [row, ...fields(document, typeOf(inner.schema) === 'array' ? inner.schema.items ?? {} : property, depth + 1)]
	})
}

function schemaTable(document, node, caption) {
	const { schema, choices } = plain(document, node)
	if (choices) {
		return h('p', ['One of ', choices.map((choice, index) => [index ? ', ' : '',
			refName(choice) ? jumpLink('schema', refName(choice)) : typeName(document, choice)])])
	}
	if (!schema.properties) {
		return h('p', [h('code', typeName(document, node)), rules(schema) ? ` · ${rules(schema)}` : null, schema.description ? ` · ${schema.description}` : null])
	}
	return h('div', { class: 'table', tabindex: 0, role: 'region', 'aria-label': caption }, h('table', { class: 'schema' }, [
		h('caption', { class: 'hidden' }, caption),
		h('thead', h('tr', ['Field', 'Type', 'Says'].map((title) => h('th', { scope: 'col' }, title)))),
		h('tbody', fields(document, node))
	]))
}

/** Whether an example says more than the type does. */
function composed(document, node) {
	const { schema, choices } = plain(document, node)
	return choices || schema.properties || schema.items
}

function bindings(node) {
	const kafka = node?.bindings?.kafka
	if (!kafka) {
		return null
	}
	const facts = Object.entries(kafka).filter(([name]) => name !== 'bindingVersion' && name !== 'key')
		.map(([name, value]) => h('div', { key: name }, [h('dt', name), h('dd', h('code', binding(value)))]))
	return facts.length ? h('dl', { class: 'properties' }, facts) : null
}

function binding(value) {
	if (value && typeof value === 'object') {
		return value.enum?.join(', ') ?? value.pattern ?? JSON.stringify(value)
	}
	return String(value)
}

function message(document, node) {
	const said = resolve(document, node)
	const name = said.name ?? refName(node)
	const headers = said.headers ? resolve(document, said.headers) : null
	const key = said.bindings?.kafka?.key
	const examples = said.examples?.map((each) => each.payload) ?? (composed(document, said.payload) ? [example(document, said.payload)] : [])
	return h('div', { class: 'message', key: name }, [
		h('h4', [said.title ?? name, ' ', said.contentType ? badge(said.contentType) : null]),
		said.description ? h('p', said.description) : null,
		key ? h('p', ['Key: ', h('code', typeName(document, key))]) : null,
		said.payload ? [h('h5', 'Payload'), refName(said.payload) ? h('p', jumpLink('schema', refName(said.payload))) : null,
			schemaTable(document, said.payload, `Payload of ${name}`)] : h('p', { class: 'nothing' }, 'no schema'),
		headers?.properties ? [h('h5', 'Headers'), schemaTable(document, headers, `Headers of ${name}`)] : null,
		examples.length ? h('details', [h('summary', said.examples ? 'Examples' : 'Example'),
			examples.map((each, index) => block(`Example ${index + 1} of ${name}`, JSON.stringify(each, null, 2), 'JSON'))]) : null
	])
}

const Docs = {
	setup: () => ({ state: live(() => get('docs'), 60_000) }),
	data: () => ({ filter: '' }),
	methods: {
		renderOperation(document, id, operation) {
			const channel = resolve(document, operation.channel)
			const messages = operation.messages ?? []
			return h('section', { class: 'operation', key: id, id: anchor('operation', id), tabindex: -1, 'aria-label': `Operation ${id}` }, [
				h('h3', [badge(operation.action === 'receive' ? 'reads' : 'writes', ACTIONS[operation.action]), ' ', operation.title ?? id]),
				operation.description ? h('p', operation.description) : null,
				h('p', { class: 'hint' }, [jumpLink('channel', refName(operation.channel), channel.address ?? 'any topic'),
					operation.tags?.length ? [' · ', operation.tags.map((tag) => badge(resolve(document, tag).name))] : null,
					operation.action === 'receive' ? [' · ', h('a', { href: `#/try/${encodeURIComponent(id)}` }, 'Try it')] : null]),
				bindings(operation),
				messages.map((each) => message(document, each)),
				operation.reply ? h('div', { class: 'reply' }, [h('h4', 'Reply'), operation.reply.address?.description ? h('p', { class: 'hint' }, operation.reply.address.description) : null,
					(operation.reply.messages ?? []).map((each) => message(document, each))]) : null
			])
		},
		renderDocument({ document, json, yaml, served }) {
			const text = this.filter.toLowerCase()
			const shown = (entries) => Object.entries(entries ?? {}).filter(([name]) => name.toLowerCase().includes(text))
			const operations = shown(document.operations)
			const channels = shown(document.channels)
			const schemas = shown(document.components?.schemas)
			return [
				heading(document.info.title, badge(document.info.version), h('label', { class: 'search' }, [h('span', { class: 'hidden' }, 'Filter'),
					h('input', { type: 'search', placeholder: 'Filter', value: this.filter, onInput: (event) => { this.filter = event.target.value } })])),
				document.info.description ? h('p', document.info.description) : null,
				h('p', { class: 'row links' }, [
					h('button', { type: 'button', onClick: () => download('asyncapi.json', json, 'application/json') }, 'Download JSON'),
					h('button', { type: 'button', onClick: () => download('asyncapi.yaml', yaml, 'application/yaml') }, 'Download YAML'),
					served ? ['json', 'yaml'].map((ending) => h('a', { href: `${served}.${ending}` }, `asyncapi.${ending}`)) : null
				]),
				h('dl', { class: 'properties' }, Object.entries(document.servers ?? {}).map(([name, server]) =>
					h('div', { key: name }, [h('dt', `Server ${name}`), h('dd', [h('code', server.host), ' ', badge(server.protocol)])]))),
				h('h2', `Operations (${operations.length})`),
				operations.map(([id, operation]) => this.renderOperation(document, id, operation)),
				h('h2', `Channels (${channels.length})`),
				channels.map(([id, channel]) => h('section', { class: 'operation', key: id, id: anchor('channel', id), tabindex: -1, 'aria-label': `Channel ${id}` }, [
					h('h3', channel.address ?? id),
					channel.description ? h('p', channel.description) : null,
					bindings(channel),
					h('p', { class: 'hint' }, Object.keys(channel.messages ?? {}).join(', '))
				])),
				h('h2', `Schemas (${schemas.length})`),
				schemas.map(([id, schema]) => h('section', { class: 'operation', key: id, id: anchor('schema', id), tabindex: -1, 'aria-label': `Schema ${id}` }, [
					h('h3', id), schemaTable(document, schema, `Fields of ${id}`)
				]))
			]
		}
	},
	render() {
		return this.state.data ? [this.renderDocument(this.state.data), staleness(this.state)] : [heading('Docs'), placeholder(this.state)]
	}
}

export default { path: 'docs', title: 'Docs', component: Docs }
