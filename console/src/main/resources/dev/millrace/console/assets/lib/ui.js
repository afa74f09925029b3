// Parts that all pages use. Everything is made with Vue's h(); there are no templates, which would have to be compiled
// in the browser, and that its security policy does not allow.

import { h, reactive } from '../vendor/vue.js'

/** Who has signed in and what he may do; set by the shell before any page is shown. */
export const session = reactive({ application: null, user: null, refusedContents: null, refusedChanges: null })

const notices = reactive([])

/** Tell the user something for a moment; errors stay until they are closed. */
export function notify(text, kind = 'info') {
	const notice = { text, kind, key: Symbol(text) }
	notices.push(notice)
	if (kind !== 'error') {
		setTimeout(() => close(notice), 5000)
	}
}

/** Do something that may fail, and tell the user what became of it. Returns whether it succeeded. */
export async function attempt(action, done) {
	try {
		await action()
		if (done) {
			notify(done)
		}
		return true
	}
	catch (error) {
		notify(error.message, 'error')
		return false
	}
}

function close(notice) {
	const index = notices.findIndex((other) => other.key === notice.key)
	if (index >= 0) {
		notices.splice(index, 1)
	}
}

/** Where notices appear; part of the shell. */
export const Notices = {
	render: () => h('div', { class: 'notices', role: 'status', 'aria-live': 'polite' }, notices.map((notice) =>
		h('div', { class: ['notice', notice.kind], key: notice.key }, [
			h('span', notice.text),
			h('button', { class: 'quiet', 'aria-label': 'Close', onClick: () => close(notice) }, '×')
		])))
}

const question = reactive({ title: '', text: '', action: '', answer: null })

/** Ask before something that can't be taken back. Resolves to whether the user wants it. */
export function confirm(title, text, action) {
	return new Promise((resolve) => Object.assign(question, { title, text, action, answer: resolve }))
}

/** Where questions appear; part of the shell. */
export const Question = {
	updated() {
		if (question.answer && !this.$el.open) {
			this.$el.showModal()
		}
	},
	render() {
		const answer = (value) => {
			const resolve = question.answer
			question.answer = null
			this.$el.close()
			resolve?.(value)
		}
		return h('dialog', { class: 'question', 'aria-labelledby': 'question-title', onCancel: () => answer(false),
				'data-open': String(Boolean(question.answer)) }, [
			h('h2', { id: 'question-title' }, question.title),
			h('p', question.text),
			h('div', { class: 'actions' }, [
				h('button', { onClick: () => answer(false) }, 'Cancel'),
				h('button', { class: 'danger', onClick: () => answer(true) }, question.action)
			])
		])
	}
}

/**
 * Button of something that changes the application: where the user may not, it can't be pressed and says why.
 * Pressed again before its end, it does nothing.
 */
export const ActionButton = {
	props: ['label', 'action', 'kind', 'disabled', 'describe'],
	data: () => ({ busy: false }),
	methods: {
		async press() {
			if (this.busy || this.disabled || session.refusedChanges) {
				return
			}
			this.busy = true
			try {
				await this.action()
			}
			finally {
				this.busy = false
			}
		}
	},
	render() {
		return h('button', { type: 'button', class: this.kind, onClick: this.press, title: session.refusedChanges ?? this.describe,
				'aria-busy': this.busy, 'aria-disabled': Boolean(this.disabled || session.refusedChanges) }, this.label)
	}
}

/** Why nothing can be changed here, where nothing can. */
export function refusal() {
	return session.refusedChanges ? h('p', { class: 'hint' }, session.refusedChanges) : null
}

/** Small coloured word: kind is ok, warn, error, or nothing. */
export function badge(text, kind) {
	return h('span', { class: ['badge', kind] }, text)
}

/** Heading of a page, which gets the focus when the page is shown. */
export function heading(text, ...beside) {
	return h('div', { class: 'heading' }, [h('h1', { tabindex: -1 }, text), ...beside])
}

/** What there is instead of data: that they are loading, or why they can't be had. */
export function placeholder(state) {
	return h('p', { class: ['hint', state.error ? 'error' : null], role: state.error ? 'alert' : null },
			state.error ? state.error.message : 'Loading…')
}

/** Band across the page while the server does not answer: what is shown is what was last known. */
export function staleness(state) {
	return state.error ? h('p', { class: 'stale', role: 'alert' }, `${state.error.message}; this is the last known state.`) : null
}

/** Table: columns are { title, cell(row), numeric, header } */
export function table(caption, columns, rows, { key = (row, index) => index, empty = 'Nothing' } = {}) {
	return h('div', { class: 'table', tabindex: 0, role: 'region', 'aria-label': caption }, h('table', [
		h('caption', { class: 'hidden' }, caption),
		h('thead', h('tr', columns.map((column) =>
			h('th', { scope: 'col', class: { numeric: column.numeric } }, column.title)))),
		h('tbody', rows.length ? rows.map((row, index) => h('tr', { key: key(row, index) }, columns.map((column) =>
			h(column.header ? 'th' : 'td', { scope: column.header ? 'row' : null, class: { numeric: column.numeric } },
					column.cell(row)))))
			: h('tr', h('td', { colspan: columns.length, class: 'hint' }, empty)))
	]))
}
