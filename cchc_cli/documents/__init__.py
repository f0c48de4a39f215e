"""Files of other programs (Word, Excel, PDF) → what stands in them and how it is set; no plans."""
