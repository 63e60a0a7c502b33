package steps

// Tool is marsfix itself.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// NamedFile is another product's cached package.
type NamedFile struct {
	Name         string `json:"name"`
	LocalPackage string `json:"local_package"`
}
