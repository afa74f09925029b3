// Places the boxes of the flow. The library that does it comes with the first graph that is shown.

let library = null

function dagre() {
	library ??= new Promise((resolve, reject) => {
		const script = document.createElement('script')
		script.src = 'vendor/dagre.js'
		script.onload = () => resolve(window.dagre)
		script.onerror = () => reject(new Error('The layout library can\'t be loaded'))
		document.head.append(script)
	})
	return library
}

/** Nodes are { id, width, height }, edges { from, to }; returns { width, height, nodes, edges } with positions. */
export async function layout(nodes, edges) {
	const { graphlib, layout: place } = await dagre()
	const graph = new graphlib.Graph().setGraph({ rankdir: 'LR', nodesep: 20, ranksep: 44, marginx: 2, marginy: 6 })
	graph.setDefaultEdgeLabel(() => ({}))
	nodes.forEach(({ id, width, height }) => graph.setNode(id, { width, height }))
	edges.forEach(({ from, to }) => graph.setEdge(from, to))
	place(graph)
	const position = ({ x, y, width, height }) => ({ left: x - width / 2, top: y - height / 2, width, height })
	return {
		width: graph.graph().width,
		height: graph.graph().height,
		nodes: new Map(nodes.map(({ id }) => [id, position(graph.node(id))])),
		edges: new Map(edges.map(({ from, to }) => [`${from}→${to}`, curve(graph.edge(from, to).points)]))
	}
}

// Through the middles of the lines between the points, so that there is no corner.
function curve(points) {
	const [first, ...others] = points
	let path = `M${first.x},${first.y}`
	others.forEach((point, index) => {
		const next = others[index + 1]
		path += next && index < others.length - 2 ? ` Q${point.x},${point.y} ${(point.x + next.x) / 2},${(point.y + next.y) / 2}`
				: next ? ` Q${point.x},${point.y} ${next.x},${next.y}` : index === 0 ? ` L${point.x},${point.y}` : ''
	})
	return path
}
