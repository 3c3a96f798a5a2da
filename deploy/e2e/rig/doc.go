// Package rig runs the services in the process of a benchmark, on databases that the benchmark can reach, so that it can
// fill them with many people, profile the services, and measure beside them the floor: the same calls and the same rows
// without anything computed.
//
// The services talk by gRPC over loopback TCP through the interceptors that they have in a deployment. The package holds
// no test.
package rig
