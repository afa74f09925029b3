// Records, as several pages show them.

import { h } from '../vendor/vue.js'
import { get } from './api.js'
import { badge, notify, session } from './ui.js'

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** Text of JSON in its colours. */
export function json(text) {
	const parts = []
	let end = 0
	for (const match of text.matchAll(TOKEN)) {
		parts.push(text.slice(end, match.index))
		if (match[1]) {
			parts.push(h('span', { class: match[2] ? 'json-name' : 'json-text' }, match[1]), match[2] ?? '')
		}
		else {
			parts.push(h('span', { class: match[3] ? 'json-word' : 'json-number' }, match[0]))
		}
		end = match.index + match[0].length
	}
	parts.push(text.slice(end))
	return parts
}

/** Block of text that can be scrolled with the keyboard. */
export function block(label, text, kind) {
	return h('pre', { class: 'payload', tabindex: 0, role: 'region', 'aria-label': label }, kind === 'JSON' ? json(text) : text)
}

/** 1234 -> 1.2 kB */
export function bytes(size) {
	if (size < 1000) {
		return `${size} B`
	}
	return size < 1e6 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`
}

/** Key or value in one line. */
export function brief(payload, length = 120) {
	if (payload.kind === 'NONE') {
		return h('span', { class: 'nothing' }, 'none')
	}
	if (payload.kind === 'BINARY') {
		return h('span', { class: 'nothing' }, `${bytes(payload.size)} binary`)
	}
	const text = (payload.kind === 'JSON' ? payload.text.replace(/\s*\n\s*/g, ' ') : payload.text).slice(0, length + 1)
	return h('code', text.length > length ? text.slice(0, length) + '…' : text)
}

/** 2026-01-31T12:00:00.123Z -> 2026-01-31 12:00:00.123, in the time of the browser. */
export function time(text) {
	if (!text) {
		return '–'
	}
	const date = new Date(text)
	const two = (number, digits = 2) => String(number).padStart(digits, '0')
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} `
			+ `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${two(date.getMilliseconds(), 3)}`
}

/** What a date field says, as the server wants it. */
export function instant(local) {
	return local ? new Date(local).toISOString() : null
}

export function place(record) {
	return record.offset === null ? record.topic : `${record.partition}@${record.offset}`
}

/** All of a record. */
export const RecordDetails = {
	props: ['record'],
	data: () => ({ whole: null }),
	methods: {
		async load() {
			try {
				const { topic, partition, offset } = this.record
				this.whole = await get('topics/record', { topic, partition, offset })
			}
			catch (error) {
				notify(error.message, 'error')
			}
		}
	},
	render() {
		const record = this.whole ?? this.record
		const name = `${record.topic} ${place(record)}`
		const mayLoad = record.value.cut && record.offset !== null && !this.whole && !session.refusedContents
		return h('div', { class: 'record' }, [
			h('dl', { class: 'properties' }, [
				h('div', [h('dt', 'Key'), h('dd', record.key.text ? h('code', record.key.text) : h('span', { class: 'nothing' }, record.key.kind === 'NONE' ? 'none' : 'empty'))]),
				record.time ? h('div', [h('dt', 'Time'), h('dd', time(record.time))]) : null,
				h('div', [h('dt', 'Value'), h('dd', [bytes(record.value.size), ' ', badge(record.value.kind.toLowerCase())])])
			]),
			record.headers.length ? h('details', { open: record.headers.length <= 12 }, [
				h('summary', `${record.headers.length} header${record.headers.length === 1 ? '' : 's'}`),
				h('dl', { class: 'headers' }, record.headers.map((header, index) => h('div', { key: index }, [
					h('dt', header.name), h('dd', header.value === null ? h('span', { class: 'nothing' }, 'none') : header.value)
				])))
			]) : null,
			record.value.text === null ? null : block(`Value of ${name}`, record.value.text, record.value.kind),
			record.value.cut ? h('p', { class: 'hint' }, ['Only the beginning is shown. ',
				mayLoad ? h('button', { type: 'button', onClick: this.load }, 'Load all of it') : null]) : null
		])
	}
}

/** Table of records that open; columns as those of table(), before the key and the value. */
export const RecordTable = {
	props: ['caption', 'rows', 'columns', 'record', 'id', 'empty', 'more'],
	data: () => ({ open: {} }),
	render() {
		const { columns, rows } = this
		const width = columns.length + 3
		return h('div', { class: 'table', tabindex: 0, role: 'region', 'aria-label': this.caption }, h('table', { class: 'records' }, [
			h('caption', { class: 'hidden' }, this.caption),
			h('thead', h('tr', [h('th', { scope: 'col' }, h('span', { class: 'hidden' }, 'Details')),
				...columns.map((column) => h('th', { scope: 'col', class: { numeric: column.numeric } }, column.title)),
				h('th', { scope: 'col' }, 'Key'), h('th', { scope: 'col', class: 'wide' }, 'Value')])),
			rows.length === 0 ? h('tbody', h('tr', h('td', { colspan: width, class: 'hint' }, this.empty)))
				: rows.map((row) => this.renderRow(row, width))
		]))
	},
	methods: {
		renderRow(row, width) {
			const id = this.id(row)
			const record = this.record(row)
			const open = Boolean(this.open[id])
			return h('tbody', { key: id, class: { open } }, [
				h('tr', [
					h('td', h('button', { type: 'button', class: 'quiet opener', 'aria-expanded': open,
						'aria-label': `Details of ${id}`, onClick: () => { this.open[id] = !open } }, open ? '▾' : '▸')),
					...this.columns.map((column) => h('td', { class: { numeric: column.numeric } }, column.cell(row))),
					h('td', brief(record.key, 40)),
					h('td', { class: 'wide' }, brief(record.value))
				]),
				open ? h('tr', h('td', { colspan: width }, [this.more ? this.more(row) : null, h(RecordDetails, { record })])) : null
			])
		}
	}
}
