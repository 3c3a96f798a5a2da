package pack

// Table is a file of worked examples for one pack, which an official can read and sign.
type Table struct {
	Pack  string    `yaml:"pack"`
	Cases []Example `yaml:"cases"`
}

// ReadTable reads a table as strictly as a pack.
func ReadTable(content []byte) (Table, []Problem) {
	var table Table
	_, problems := read(content, &table)
	return table, problems
}
