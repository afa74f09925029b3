// What a page shows is asked for again and again while it is open and visible.

import { onMounted, onUnmounted, reactive } from '../vendor/vue.js'

/**
 * Call something each interval, from the time the component is there until it goes.
 * Returns { data, error, loading, reload() }; the data of the last success stay when a call fails.
 */
export function live(load, interval = 1000) {
	const state = reactive({ data: null, error: null, loading: true, reload })
	let timer = null
	let open = false

	async function reload() {
		clearTimeout(timer)
		try {
			const data = await load()
			state.data = data
			state.error = null
		}
		catch (error) {
			state.error = error
		}
		state.loading = false
		schedule()
	}

	function schedule() {
		clearTimeout(timer)
		if (open && !document.hidden) {
			timer = setTimeout(reload, interval)
		}
	}

	function visible() {
		if (!document.hidden) {
			reload()
		}
	}

	onMounted(() => {
		open = true
		document.addEventListener('visibilitychange', visible)
		reload()
	})
	onUnmounted(() => {
		open = false
		clearTimeout(timer)
		document.removeEventListener('visibilitychange', visible)
	})
	return state
}
