// Page Try it: a record, made with the schema of a message, is checked, run dry, published, or sent as a request.

import { h } from '../vendor/vue.js'
import { get, post } from '../lib/api.js'
import { block, RecordDetails } from '../lib/records.js'
import { example, plain, refName, resolve, SchemaForm, typeName } from '../lib/schema.js'
import { ActionButton, badge, confirm, heading, notify, placeholder, refusal } from '../lib/ui.js'

const ACTIONS = {
	check: { label: 'Check', path: 'try/check', done: 'Checked', says: 'Filters, decoding, binding and validation. The handler is not called.' },
	run: { label: 'Run dry', path: 'try/run', done: 'Run dry', says: 'The handler is called, here and now, and what it does is done. What it publishes is shown and not sent. '
		+ 'No consumer, retry or dead letter has part in it.' },
	publish: { label: 'Publish', path: 'try/publish', done: 'Published', says: 'The record goes to the topic, for all that read it.' },
	request: { label: 'Publish and wait for the reply', path: 'try/request', done: 'Answered', says: 'The record goes to the topic and asks for an answer.' }
}

const FORMATS = { TEXT: 'Text or JSON', BASE64: 'Bytes in Base64', NONE: 'No value (tombstone)' }

/** Messages of an operation, those of a subscriber: [{ name, message }] */
function messagesOf(document, target, topic) {
	const operations = document?.operations ?? {}
	const operation = operations[target.operation] ?? operations[`${target.operation}-${topic}`]
			?? Object.entries(operations).find(([id]) => id.startsWith(`${target.operation}-`))?.[1]
	return (operation?.messages ?? []).map((reference) => {
		const message = resolve(document, reference)
		return { name: message.title ?? message.name ?? refName(reference), message }
	})
}

/** Headers of a message with their values, as far as the schema says them. */
function headersOf(document, message) {
	if (!message?.headers) {
		return []
	}
	const { schema } = plain(document, message.headers)
	return Object.entries(schema.properties ?? {}).map(([name, property]) => {
		const said = plain(document, property).schema
		const required = schema.required?.includes(name)
		const value = said.const ?? said.enum?.[0] ?? (required ? example(document, property) : '')
		return { name, value: String(value ?? ''), hint: typeName(document, property), required }
	})
}

function isJson(message) {
	return !message?.contentType || /[/+]json$/.test(message.contentType)
}

const TryIt = {
	props: ['path', 'query'],
	data: () => ({
		targets: null, document: null, problem: null,
		target: 0, topic: '', message: 0, view: 'form',
		key: '', hasKey: false, partition: '', headers: [], format: 'TEXT', body: '', value: undefined, invalid: null,
		timeout: '10', result: null, action: null, failure: null, busy: false
	}),
	async mounted() {
		try {
			const [targets, docs] = await Promise.all([get('try'), get('docs').catch(() => null)])
			this.document = docs?.document ?? null
			this.targets = targets
			const wanted = this.path[0]
			const index = targets.findIndex((target) => target.operation === wanted)
			this.choose(Math.max(0, index >= 0 ? index : targets.findIndex((target) => wanted?.startsWith(`${target.operation}-`))))
		}
		catch (error) {
			this.problem = error.message
		}
	},
	computed: {
		current() {
			return this.targets[this.target]
		},
		messages() {
			return messagesOf(this.document, this.current, this.topic)
		},
		said() {
			return this.messages[this.message]?.message ?? null
		},
		schema() {
			return isJson(this.said) && this.said?.payload ? this.said.payload : null
		}
	},
	methods: {
		choose(index) {
			this.target = index
			this.topic = this.current?.topics[0] ?? ''
			this.chooseMessage(0)
		},
		chooseMessage(index) {
			this.message = index
			this.result = null
			this.headers = headersOf(this.document, this.said)
			if (this.said?.contentType && !this.headers.some((header) => header.name === 'content-type')) {
				this.headers.push({ name: 'content-type', value: this.said.contentType })
			}
			this.hasKey = Boolean(this.said?.bindings?.kafka?.key)
			this.key = ''
			this.format = 'TEXT'
			this.view = this.schema ? 'form' : 'text'
			const given = this.said?.examples?.[0]?.payload
			this.change(given ?? (this.schema ? example(this.document, this.schema) : undefined))
			if (!this.schema && this.said?.payload && given === undefined) {
				this.body = ''
			}
		},
		change(value) {
			this.value = value
			this.invalid = null
			this.body = value === undefined ? '' : isJson(this.said) ? JSON.stringify(value, null, 2) : String(value)
		},
		edit(text) {
			this.body = text
			this.invalid = null
			if (this.schema) {
				try {
					this.value = JSON.parse(text)
				}
				catch (error) {
					this.invalid = error.message
				}
			}
		},
		async perform(name) {
			if (name === 'run' && !await confirm('Call the handler?', ACTIONS.run.says, 'Run dry')) {
				return
			}
			this.action = name
			this.result = null
			this.failure = null
			this.busy = true
			try {
				this.result = await post(ACTIONS[name].path, {}, {
					subscriber: this.current.subscriber, topic: this.topic,
					partition: this.partition === '' ? null : Number(this.partition),
					key: this.hasKey ? this.key : null,
					headers: this.headers.filter((header) => header.name && (header.value !== '' || header.required)).map(({ name, value }) => ({ name, value })),
					format: this.format, body: this.format === 'NONE' ? null : this.body, timeout: Number(this.timeout)
				})
			}
			catch (error) {
				this.failure = error.message
				notify(error.message, 'error')
			}
			this.busy = false
		},
		select(label, value, options, update) {
			return h('label', [h('span', label), h('select', { value, onChange: (event) => update(event.target.value) },
				options.map(([each, text]) => h('option', { value: each }, text)))])
		},
		renderTarget() {
			const { current } = this
			return h('div', { class: 'row' }, [
				this.select('For', this.target, this.targets.map((target, index) => [index, target.subscriber ?? `to ${target.topics[0]} (${target.operation})`]),
					(index) => this.choose(Number(index))),
				current.topics.length > 1 && !current.pattern ? this.select('Topic', this.topic, current.topics.map((topic) => [topic, topic]), (topic) => { this.topic = topic })
					: h('label', [h('span', current.pattern ? `Topic, as ${current.pattern}` : 'Topic'), h('input', { value: this.topic, readonly: !current.pattern,
						onInput: (event) => { this.topic = event.target.value } })]),
				this.messages.length > 1 ? this.select('Message', this.message, this.messages.map(({ name }, index) => [index, name]), (index) => this.chooseMessage(Number(index))) : null
			])
		},
		renderKey() {
			return h('div', { class: 'row' }, [
				h('label', { class: 'check' }, [h('input', { type: 'checkbox', checked: this.hasKey, onChange: (event) => { this.hasKey = event.target.checked } }), h('span', 'Key')]),
				this.hasKey ? h('label', [h('span', 'Key'), h('input', { value: this.key, onInput: (event) => { this.key = event.target.value } })]) : null,
				h('label', [h('span', 'Partition'), h('input', { type: 'number', min: 0, placeholder: 'by the key', value: this.partition,
					onInput: (event) => { this.partition = event.target.value } })])
			])
		},
		renderHeaders() {
			return h('fieldset', [h('legend', 'Headers'),
				this.headers.map((header, index) => h('div', { class: 'header-row', key: index }, [
					h('input', { 'aria-label': `Name of header ${index + 1}`, value: header.name, onInput: (event) => { header.name = event.target.value } }),
					h('input', { 'aria-label': `Value of header ${index + 1}`, value: header.value, placeholder: header.hint, onInput: (event) => { header.value = event.target.value } }),
					h('button', { type: 'button', class: 'quiet', 'aria-label': `Remove header ${index + 1}`, onClick: () => this.headers.splice(index, 1) }, '×')
				])),
				h('button', { type: 'button', class: 'quiet add', onClick: () => this.headers.push({ name: '', value: '' }) }, '+ header')])
		},
		renderBody() {
			const tab = (view, label) => h('button', { type: 'button', 'aria-pressed': this.view === view, onClick: () => { this.view = view } }, label)
			const form = this.schema && this.view === 'form' && this.format === 'TEXT'
			return [
				h('div', { class: 'row' }, [
					this.schema && this.format === 'TEXT' ? h('div', { class: 'tabs', role: 'group', 'aria-label': 'How to edit the body' }, [tab('form', 'Form'), tab('text', 'Text')]) : null,
					this.select('Body', this.format, Object.entries(FORMATS), (format) => { this.format = format })
				]),
				this.format === 'NONE' ? null : form ? h(SchemaForm, { key: `${this.target} ${this.message}`, document: this.document, node: this.schema, value: this.value,
						required: true, onUpdate: this.change })
					: h('label', { class: 'body' }, [h('span', 'Body as it is in the record'), h('textarea', { rows: 14, spellcheck: false, value: this.body,
						'aria-invalid': this.invalid ? 'true' : null, onInput: (event) => this.edit(event.target.value) })]),
				this.invalid ? h('p', { class: 'hint' }, `No JSON: ${this.invalid}. It can be sent nevertheless.`) : null
			]
		},
		renderActions() {
			const { current } = this
			const button = (name, kind) => h(ActionButton, { label: ACTIONS[name].label, describe: ACTIONS[name].says, kind, disabled: this.busy, action: () => this.perform(name) })
			return h('div', { class: 'trial-actions' }, [
				h('div', { class: 'row' }, [
					current.subscriber ? button('check') : null,
					current.subscriber ? button('run') : null,
					button('publish', 'primary'),
					current.answers ? button('request') : null,
					current.answers ? h('label', [h('span', 'Seconds to wait'), h('input', { type: 'number', min: 1, max: 60, value: this.timeout,
						onInput: (event) => { this.timeout = event.target.value } })]) : null
				]),
				h('dl', { class: 'says' }, Object.entries(ACTIONS)
					.filter(([name]) => name === 'publish' || (name === 'request' ? current.answers : current.subscriber))
					.map(([name, action]) => h('div', { key: name }, [h('dt', action.label), h('dd', action.says)])))
			])
		},
		renderResult() {
			const { result, action } = this
			if (this.busy) {
				return h('p', { class: 'hint' }, 'Under way…')
			}
			if (this.failure) {
				return h('p', { class: 'hint error' }, this.failure)
			}
			if (!result) {
				return h('p', { class: 'hint' }, 'Nothing was tried yet.')
			}
			const failed = result.failure
			return h('div', { class: 'result', 'data-result': failed ? 'failed' : 'done' }, [
				h('p', [badge(failed ? 'failed' : ACTIONS[action].done, failed ? 'error' : 'ok'), ` after ${result.millis} ms`, result.handler ? ', ' : null,
					result.handler ? h('code', result.handler) : null]),
				result.decision ? h('p', ['Decision: ', h('b', result.decision)]) : null,
				failed ? [h('p', { class: 'hint error' }, [h('code', failed.type), failed.message ? `: ${failed.message}` : null]),
					h('details', [h('summary', 'Stack trace'), block('Stack trace', failed.trace)])] : null,
				result.arguments.length ? [h('h3', 'The handler would get'), h('dl', { class: 'headers' }, result.arguments.map((each) =>
					h('div', { key: each.name }, [h('dt', each.name), h('dd', h('code', each.value))])))] : null,
				result.value === null ? null : [h('h3', 'Returned'), block('Returned value', result.value)],
				action === 'run' && !failed && !result.published.length ? h('p', { class: 'hint' }, 'It would publish nothing.') : null,
				result.published.map((record, index) => action === 'publish' ? h('p', { key: index }, ['Now at ',
					h('a', { href: `#/topics/${encodeURIComponent(record.topic)}?${new URLSearchParams({ partition: record.partition, start: 'offset', offset: record.offset })}` },
						`${record.topic}-${record.partition}@${record.offset}`)])
					: [index ? null : h('h3', 'Would be published'), h('div', { class: 'would', key: index }, [h('p', ['to ', h('b', record.topic)]), h(RecordDetails, { record })])]),
				result.answer ? [h('h3', 'Answer'), h(RecordDetails, { record: result.answer })] : null
			])
		}
	},
	render() {
		if (!this.targets) {
			return [heading('Try it'), placeholder({ error: this.problem ? { message: this.problem } : null })]
		}
		if (!this.targets.length) {
			return [heading('Try it'), h('p', { class: 'hint' }, 'The application has neither subscribers nor publishers.')]
		}
		return [
			heading('Try it', this.current.batch ? badge('batches of one') : null),
			refusal(),
			h('div', { class: 'trial' }, [
				h('form', { class: 'panel', 'aria-label': 'Record', onSubmit: (event) => event.preventDefault() }, [
					this.renderTarget(),
					this.current.handlers.length ? h('p', { class: 'hint' }, this.current.handlers.join(', ')) : null,
					this.renderBody(),
					this.renderKey(),
					this.renderHeaders(),
					this.renderActions()
				]),
				h('section', { class: 'panel', tabindex: 0, 'aria-label': 'Result', 'aria-live': 'polite' }, [h('h2', 'Result'), this.renderResult()])
			])
		]
	}
}

export default { path: 'try', title: 'Try it', component: TryIt }
