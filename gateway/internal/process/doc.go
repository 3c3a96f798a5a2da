// Package process is the program gatewayd: its command line, its configuration, and the order in which its parts start
// and stop.
//
// It follows the conventions of the suite's other processes, with commands, exit codes and configuration keys of the same
// names. It becomes ready last. To stop, it first says that it is not ready and waits for clients to turn away; then it
// ends the listeners, the connections and the traces, each within its own deadline.
//
// It is not built on kit/daemon, which opens a database and the bus: nothing of either is linked into the edge.
package process
