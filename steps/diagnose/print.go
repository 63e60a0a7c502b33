package diagnose

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"marsfix/steps/screen"
)

// Form is how a diagnosis is printed; that for people is the zero value.
type Form struct {
	JSON, Line bool
	Report     string // where the report of it lies, which people are told
}

// Prepare has the encoder of JSON learn the shape of a diagnosis, which takes a tenth of the time that a log of a
// megabyte takes: another core can do that while the log is looked for.
func (f Form) Prepare() {
	if f.JSON {
		_ = Diagnosis{}.Print(io.Discard, f) // Print itself tells what fails
	}
}

// Print writes the diagnosis in the form that is wanted.
func (d Diagnosis) Print(w io.Writer, f Form) error {
	var err error
	switch {
	case f.Line:
		_, err = fmt.Fprintln(w, d.Line())
	case f.JSON:
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err = enc.Encode(d); err == nil {
			_, err = io.WriteString(w, inASCII(b.String())) // only strings of JSON hold what is not
		}
	default:
		text := d.Text()
		if f.Report != "" {
			text += "report: " + f.Report + "\n"
		}
		_, err = io.WriteString(w, text)
	}
	if err != nil {
		return screen.Hinted{Err: fmt.Errorf("cannot print the diagnosis: %w", err),
			Hint: "write it to a file: marsfix diagnose > FILE"}
	}
	return nil
}

// PrintError writes on one line why there is no diagnosis. The error comes back where that cannot be printed.
func PrintError(w io.Writer, err error) error {
	if _, unprinted := fmt.Fprintln(w, ErrorLine(err)); unprinted != nil {
		return err
	}
	return nil
}
