// Package resource reads and writes resource names such as tenants/3374/periods/2026/plans/01j….
//
// A name that Parse accepts has exactly the segments of its pattern, and each id of it is a ValidID; so it is safe in
// a key, a subject or a path, and sorts bytewise as it reads. Refusals are faults with reason INVALID_NAME.
//
// This package does not know which resources there are: each service keeps its patterns.
package resource
