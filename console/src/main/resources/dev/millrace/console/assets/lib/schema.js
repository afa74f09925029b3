// JSON schemas of an AsyncAPI document: what they say, examples of them, and forms.

import { h } from '../vendor/vue.js'

const DEPTH = 6

/** What a reference leads to; a schema in another format than JSON schema has none here. */
export function resolve(document, node) {
	let resolved = node
	for (let i = 0; resolved?.$ref && i < 20; i++) {
		resolved = resolved.$ref.replace(/^#\//, '').split('/')
			.reduce((parent, name) => parent?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], document)
	}
	return resolved?.schemaFormat && resolved.schema ? resolve(document, resolved.schema) : resolved
}

export function refName(node) {
	return node?.$ref ? decodeURIComponent(node.$ref.split('/').pop()) : null
}

function isNull(schema) {
	return schema?.type === 'null'
}

/** Schema without references and without null: { schema, nullable, choices }. */
export function plain(document, node) {
	let schema = resolve(document, node)
	if (!schema || typeof schema !== 'object') {
		return { schema: {}, nullable: false, choices: null }
	}
	if (schema.allOf) {
		const parts = schema.allOf.map((part) => plain(document, part).schema)
		schema = parts.reduce((all, part) => ({ ...all, ...part, properties: { ...all.properties, ...part.properties },
			required: [...all.required ?? [], ...part.required ?? []] }), { ...schema, allOf: undefined })
	}
	let nullable = false
	if (Array.isArray(schema.type)) {
		nullable = schema.type.includes('null')
		const types = schema.type.filter((type) => type !== 'null')
		schema = { ...schema, type: types.length === 1 ? types[0] : undefined }
	}
	const alternatives = schema.oneOf ?? schema.anyOf
	if (alternatives) {
		const choices = alternatives.filter((choice) => !isNull(resolve(document, choice)))
		nullable = nullable || choices.length < alternatives.length
		if (choices.length === 1) {
			const only = plain(document, choices[0])
			return { ...only, nullable: nullable || only.nullable }
		}
		return { schema, nullable, choices }
	}
	return { schema, nullable, choices: null }
}

export function typeOf(schema) {
	return schema.type ?? (schema.properties || schema.additionalProperties ? 'object' : schema.items ? 'array' : null)
}

/** Short name of what a value is: string (date-time), Item[], map of integer. */
export function typeName(document, node, depth = 0) {
	if (node?.$ref) {
		return refName(node)
	}
	const { schema, nullable, choices } = plain(document, node)
	const suffix = nullable ? ' or null' : ''
	if (depth > DEPTH) {
		return '…'
	}
	if (choices) {
		return choices.map((choice) => typeName(document, choice, depth + 1)).join(' | ') + suffix
	}
	const type = typeOf(schema)
	if (type === 'array') {
		return typeName(document, schema.items ?? {}, depth + 1) + '[]' + suffix
	}
	if (type === 'object' && !schema.properties && typeof schema.additionalProperties === 'object') {
		return `map of ${typeName(document, schema.additionalProperties, depth + 1)}${suffix}`
	}
	if (schema.const !== undefined) {
		return JSON.stringify(schema.const) + suffix
	}
	return (type ?? 'anything') + (schema.format ? ` (${schema.format})` : '') + suffix
}

const RULES = { minimum: 'at least', maximum: 'at most', exclusiveMinimum: 'more than', exclusiveMaximum: 'less than',
	minLength: 'characters at least', maxLength: 'characters at most', minItems: 'elements at least',
	maxItems: 'elements at most', pattern: 'pattern', multipleOf: 'multiple of' }

/** What else must hold: "at least 1, at most 99". */
export function rules(schema) {
	const said = Object.entries(RULES).filter(([name]) => schema[name] !== undefined).map(([name, text]) => `${text} ${schema[name]}`)
	if (schema.enum) {
		said.push(`one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`)
	}
	return said.join(', ')
}

/** A value that the schema allows, as short as possible. */
export function example(document, node, depth = 0) {
	const { schema, nullable, choices } = plain(document, node)
	if (schema.examples?.length) {
		return schema.examples[0]
	}
	if (schema.default !== undefined) {
		return schema.default
	}
	if (schema.const !== undefined) {
		return schema.const
	}
	if (schema.enum?.length) {
		return schema.enum[0]
	}
	if (depth > DEPTH) {
		return null
	}
	if (choices) {
		return example(document, choices[0], depth + 1)
	}
	switch (typeOf(schema)) {
		case 'object': {
			const required = schema.required ?? []
			return Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => required.includes(name))
				.map(([name, property]) => [name, example(document, property, depth + 1)]))
		}
		case 'array':
			return schema.minItems > 0 ? [example(document, schema.items ?? {}, depth + 1)] : []
		case 'integer':
		case 'number':
			return schema.minimum ?? (schema.exclusiveMinimum === undefined ? 0 : schema.exclusiveMinimum + 1)
		case 'boolean':
			return false
		case 'string':
			return text(schema)
		default:
			return nullable ? null : ''
	}
}

function text(schema) {
	switch (schema.format) {
		case 'date-time': return new Date().toISOString()
		case 'date': return new Date().toISOString().slice(0, 10)
		case 'time': return '12:00:00'
		case 'duration': return 'PT1S'
		case 'uuid': return '00000000-0000-4000-8000-000000000000'
		case 'email': return 'ann@example.com'
		case 'uri': return 'https://example.com/'
		default: return 'x'.repeat(schema.minLength ?? 0)
	}
}

/** Which of the alternatives a value is of: the one whose constants and properties fit best. */
function chosen(document, choices, value) {
	const fits = choices.map((choice) => {
		const { schema } = plain(document, choice)
		if (schema.properties && value && typeof value === 'object' && !Array.isArray(value)) {
			return Object.entries(schema.properties).reduce((sum, [name, property]) => {
				const constant = plain(document, property).schema.const
				return sum + (constant === undefined ? (name in value ? 1 : 0) : constant === value[name] ? 100 : -100)
			}, 1)
		}
		const type = typeOf(schema)
		const actual = Array.isArray(value) ? 'array' : typeof value
		return type === actual || (type === 'integer' && Number.isInteger(value)) ? 1 : 0
	})
	return fits.indexOf(Math.max(...fits))
}

let ids = 0

/**
 * Form of a value. What is optional can be left out; what the form can't show, a text field with JSON stands for.
 * Emits update with the new value.
 */
export const SchemaForm = {
	name: 'SchemaForm',
	props: ['document', 'node', 'value', 'label', 'required', 'depth'],
	emits: ['update'],
	data: () => ({ id: `field-${++ids}`, text: null, invalid: null }),
	methods: {
		nested(node, value, label, required, update) {
			return h(SchemaForm, { document: this.document, node, value, label, required, depth: (this.depth ?? 0) + 1, onUpdate: update })
		},
		row(control, schema, beside) {
			const hints = [schema.description, typeName(this.document, this.node), rules(schema)].filter(Boolean).join(' · ')
			return h('div', { class: 'field' }, [
				h('label', { for: this.id }, [this.label ?? 'Value', this.required ? h('span', { class: 'required', title: 'required' }, ' *') : null]),
				h('div', { class: 'field-control' }, [control, beside]),
				h('p', { class: 'hint', id: `${this.id}-hint` }, this.invalid ?? hints)
			])
		},
		control(tag, attributes, children) {
			return h(tag, { id: this.id, 'aria-describedby': `${this.id}-hint`, 'aria-invalid': this.invalid ? 'true' : null, ...attributes }, children)
		},
		group(content, beside) {
			return h('fieldset', [h('legend', [this.label ?? 'Body', this.required && this.depth ? h('span', { class: 'required' }, ' *') : null, beside]), content])
		},
		remover() {
			return this.required || !this.depth ? null
				: h('button', { type: 'button', class: 'quiet', 'aria-label': `Leave ${this.label} out`, onClick: () => this.$emit('update', undefined) }, '×')
		},
		adder() {
			return h('div', { class: 'field' }, [h('button', { type: 'button', class: 'quiet add', onClick: () =>
				this.$emit('update', example(this.document, this.node)) }, `+ ${this.label}`)])
		},
		renderObject(schema) {
			const value = this.value && typeof this.value === 'object' ? this.value : {}
			const set = (name, next) => {
				const copy = { ...value }
				if (next === undefined) {
					delete copy[name]
				}
				else {
					copy[name] = next
				}
				this.$emit('update', copy)
			}
			const properties = Object.entries(schema.properties ?? {})
			const known = new Set(properties.map(([name]) => name))
			const others = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {}
			const map = schema.additionalProperties ? [
				Object.keys(value).filter((name) => !known.has(name)).map((name) => this.nested(others, value[name], name, false, (next) => set(name, next))),
				h('div', { class: 'field' }, h('input', { 'aria-label': `New name in ${this.label ?? 'body'}`, placeholder: 'new name, then Enter',
					onKeydown: (event) => {
						if (event.key === 'Enter' && event.target.value) {
							event.preventDefault()
							set(event.target.value, example(this.document, others))
							event.target.value = ''
						}
					} }))
			] : null
			return this.group([
				properties.map(([name, property]) => this.nested(property, value[name], name, schema.required?.includes(name), (next) => set(name, next))),
				map
			], this.remover())
		},
		renderArray(schema) {
			const value = Array.isArray(this.value) ? this.value : []
			return this.group([
				value.map((item, index) => this.nested(schema.items ?? {}, item, `${this.label ?? 'Element'} ${index + 1}`, false, (next) =>
					this.$emit('update', next === undefined ? value.filter((other, i) => i !== index) : value.map((other, i) => i === index ? next : other)))),
				h('button', { type: 'button', class: 'quiet add', onClick: () =>
					this.$emit('update', [...value, example(this.document, schema.items ?? {})]) }, '+ element')
			], this.remover())
		},
		renderChoices(choices) {
			const index = chosen(this.document, choices, this.value)
			return this.group([
				h('div', { class: 'field' }, [h('label', { for: this.id }, 'Kind'), h('select', { id: this.id, value: index, onChange: (event) =>
					this.$emit('update', example(this.document, choices[event.target.value])) },
					choices.map((choice, i) => h('option', { value: i }, typeName(this.document, choice))))]),
				h(SchemaForm, { key: index, document: this.document, node: choices[index], value: this.value, required: true, label: typeName(this.document, choices[index]),
					depth: (this.depth ?? 0) + 1, onUpdate: (next) => this.$emit('update', next) })
			], this.remover())
		},
		renderNumber(schema) {
			return this.row(this.control('input', { type: 'number', step: schema.type === 'integer' ? 1 : 'any', min: schema.minimum, max: schema.maximum,
				value: this.value ?? '', onInput: (event) => this.$emit('update', event.target.value === '' ? undefined : Number(event.target.value)) }), schema)
		},
		renderOptions(options, schema) {
			const index = options.findIndex((option) => option === this.value)
			return this.row(this.control('select', { value: index, onChange: (event) => this.$emit('update', options[event.target.value]) }, [
				index < 0 || !this.required ? h('option', { value: -1 }, '') : null,
				...options.map((option, i) => h('option', { value: i }, String(option)))
			]), schema)
		},
		renderText(schema, nullable) {
			const update = (event) => this.$emit('update', event.target.value === '' && !this.required ? undefined : event.target.value)
			const empty = nullable && this.required ? h('label', { class: 'check' }, [h('input', { type: 'checkbox', checked: this.value === null,
				onChange: (event) => this.$emit('update', event.target.checked ? null : '') }), h('span', 'null')]) : null
			return this.row(this.control('input', { type: 'text', value: this.value ?? '', disabled: empty && this.value === null,
				pattern: schema.pattern, minlength: schema.minLength, maxlength: schema.maxLength, onInput: update }), schema, empty)
		},
		renderJson(schema) {
			return this.row(this.control('textarea', { rows: 3, value: this.text ?? JSON.stringify(this.value) ?? '', spellcheck: false, onInput: (event) => {
				this.text = event.target.value
				try {
					const next = this.text.trim() ? JSON.parse(this.text) : undefined
					this.invalid = null
					this.$emit('update', next)
				}
				catch (error) {
					this.invalid = error.message
				}
			} }), schema)
		}
	},
	render() {
		const { schema, nullable, choices } = plain(this.document, this.node)
		const type = typeOf(schema)
		const composed = choices || type === 'array' || (type === 'object' && (schema.properties || schema.additionalProperties))
		if (composed && (this.depth ?? 0) > 0 && (this.value === undefined || this.value === null)) {
			return this.adder()
		}
		if (choices) {
			return this.renderChoices(choices)
		}
		if (schema.const !== undefined) {
			return this.renderOptions([schema.const], schema)
		}
		if (schema.enum) {
			return this.renderOptions(schema.enum, schema)
		}
		switch (type) {
			case 'object': return composed ? this.renderObject(schema) : this.renderJson(schema)
			case 'array': return this.renderArray(schema)
			case 'integer':
			case 'number': return this.renderNumber(schema)
			case 'boolean': return this.renderOptions([true, false], schema)
			case 'string': return this.renderText(schema, nullable)
			default: return this.renderJson(schema)
		}
	}
}
