"""How a file of cases is written: its columns, its marks, CSV and XLSX."""
