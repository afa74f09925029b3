// The shell: navigation, and the page that the address names.

import { createApp, h, nextTick, reactive, shallowReactive } from './vendor/vue.js'
import { loadSession } from './lib/api.js'
import { Notices, Question, session } from './lib/ui.js'
import pages from './pages/index.js'

const THEMES = { '': 'System', light: 'Light', dark: 'Dark' }

const route = shallowReactive({ page: pages[0], path: [], query: {} })

const theme = reactive({ name: document.documentElement.dataset.theme ?? '' })

const problem = reactive({ text: null })

function navigate() {
	const [address, query] = location.hash.replace(/^#\/?/, '').split('?')
	const [name, ...path] = address.split('/').filter(Boolean).map(decodeURIComponent)
	route.page = pages.find((page) => page.path === name) ?? pages[0]
	route.path = path
	route.query = Object.fromEntries(new URLSearchParams(query))
	document.title = [path[0], route.page.title, session.application ?? 'Millrace'].filter(Boolean).join(' · ')
}

function changeTheme(event) {
	theme.name = event.target.value
	if (theme.name) {
		document.documentElement.dataset.theme = theme.name
		localStorage.setItem('millrace-theme', theme.name)
	}
	else {
		delete document.documentElement.dataset.theme
		localStorage.removeItem('millrace-theme')
	}
}

async function focusHeading() {
	await nextTick()
	document.querySelector('main h1')?.focus({ preventScroll: true })
}

const Shell = {
	render: () => [
		h('a', { class: 'skip', href: '#main', onClick: (event) => {
			event.preventDefault()
			focusHeading()
		} }, 'Skip to content'),
		h('header', { class: 'side' }, [
			h('a', { class: 'brand', href: '#/' }, [
				h('img', { src: 'icon.svg', alt: '', width: 22, height: 22 }),
				h('span', 'Millrace')
			]),
			h('p', { class: 'application' }, session.application),
			h('nav', { 'aria-label': 'Pages' }, h('ul', pages.map((page) => h('li', h('a', {
				href: `#/${page.path}`, 'aria-current': page.path === route.page.path ? 'page' : null
			}, page.title))))),
			h('div', { class: 'foot' }, [
				session.user ? h('p', { class: 'user' }, session.user) : null,
				session.refusedChanges ? h('p', { class: 'user', title: session.refusedChanges }, 'Read-only') : null,
				h('label', [h('span', 'Theme'), h('select', { value: theme.name, onChange: changeTheme },
						Object.entries(THEMES).map(([value, label]) => h('option', { value }, label)))])
			])
		]),
		h('main', { id: 'main' }, problem.text ? h('p', { class: 'hint error', role: 'alert' }, problem.text)
			: h(route.page.component, { key: [route.page.path, ...route.path].join('/'), path: route.path, query: route.query })),
		h(Notices),
		h(Question)
	]
}

try {
	Object.assign(session, await loadSession())
}
catch (error) {
	problem.text = error.message
}
navigate()
addEventListener('hashchange', () => {
	navigate()
	focusHeading()
})
createApp(Shell).mount('#app')
