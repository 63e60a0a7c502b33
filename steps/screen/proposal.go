package screen

// Proposal is a change outside of a walk: what it is told with, what has to be answered first, and the change itself.
type Proposal struct {
	Told     []string
	Question Question
	Whole    bool // once begun it is done whole, also where marsfix is told to stop meanwhile
	Do       func() (done string, err error)
}
