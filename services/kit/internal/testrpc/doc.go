// Package testrpc is a small gRPC service for the kit's own tests: kinerja.kittest.v1.WidgetService.
//
// Its descriptors are linked like those of generated code, so the access table, validation and reflection see it; its
// messages are dynamic.
//
// This package is not for services: they test with their own contracts.
package testrpc
