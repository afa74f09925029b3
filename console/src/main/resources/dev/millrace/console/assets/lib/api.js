// Calls of the server. A call that fails throws an ApiError with a message for the user.

export class ApiError extends Error {

	constructor(message, status, reason) {
		super(message)
		this.status = status
		this.reason = reason
	}

}

let session = null

/** Who asks, and what he may do: see Session.java. */
export async function loadSession() {
	session = await get('session')
	return session
}

/** Look at something: get('subscriber', { id: 'orders' }). */
export function get(path, parameters) {
	return call(path, parameters, {})
}

/** Change something. When the application was started anew meanwhile, its new token is fetched first. */
export async function post(path, parameters, body = {}) {
	try {
		return await send(path, parameters, body)
	}
	catch (error) {
		if (error.status !== 403 || (error.reason && error.reason !== 'token')) {
			throw error
		}
		await loadSession()
		return send(path, parameters, body)
	}
}

function send(path, parameters, body) {
	return call(path, parameters, {
		method: 'POST',
		headers: { ...session?.headers, 'Content-Type': 'application/json' },
		body: JSON.stringify(body)
	})
}

async function call(path, parameters = {}, options) {
	const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '')
	const query = new URLSearchParams(given).toString()
	let response
	try {
		response = await fetch(`api/${path}${query ? '?' + query : ''}`, options)
	}
	catch {
		throw new ApiError('The application does not answer', 0, 'away')
	}
	const json = (response.headers.get('Content-Type') ?? '').includes('json')
	if (response.ok && json) {
		return response.json()
	}
	const problem = json ? await response.json() : null
	const signIn = response.status === 401 || response.redirected
	throw new ApiError(problem?.detail ?? (signIn ? 'You are not signed in any more. Load the page again.'
			: `The application has answered with ${response.status}`), response.status, problem?.reason)
}
