"""What the datatypes of XSD and EDTF allow, and the moments that their texts mean; pure, and of no graph."""
